import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

application = get_wsgi_application()

from newsroom.sample.people import refuse_in_production  # noqa: E402 -- models exist only now

refuse_in_production()
