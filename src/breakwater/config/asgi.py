"""The ASGI application that granian serves."""

import os
import warnings

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "breakwater.config.settings")
# Static files and pictures are small and read at once: that they are not streamed is meant.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous")
application = get_asgi_application()
