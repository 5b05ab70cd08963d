"""telefon: what makes the website an app on the phone: manifest, worker, offline pages, and how to install it."""
