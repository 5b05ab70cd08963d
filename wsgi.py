"""The entry point for servers and for ``flask --app wsgi``."""

import os
import sys

from webapp import config, create_app
from webapp.platform import logs

logs.configure()
try:
    app = create_app(config.read(os.environ))
except config.ConfigError as error:
    sys.exit(f"Medvirk kan ikke starte. {error}")
