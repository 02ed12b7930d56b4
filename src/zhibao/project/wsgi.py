"""The application as a web server (granian) calls it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhibao.project.settings")

application = get_wsgi_application()
