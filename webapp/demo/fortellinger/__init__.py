"""One module for each demo person: what has happened, and what they have written. Nobody of them exists."""
