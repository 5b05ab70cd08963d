"""The entry point for servers and for ``flask --app wsgi``."""

import os
import sys

from webapp import config, create_app
from webapp.platform import logs

try:
    settings = config.read(os.environ)
    logs.configure(quiet=settings.demo)
    app = create_app(settings)
except config.ConfigError as error:
    sys.exit(f"Medvirk kan ikke starte. {error}")
