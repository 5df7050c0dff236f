"""All settings, from BREAKWATER_* (docs/settings.md). The defaults run on one machine."""

import os
from pathlib import Path

import dj_database_url
import django_stubs_ext
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from breakwater.config import environment as env
from breakwater.config import logging as logs
from breakwater.domain.timings import Timings

django_stubs_ext.monkeypatch()

VERSION = "0.1.0"
PACKAGE = Path(__file__).resolve().parent.parent

DEBUG = False
DATA = Path(env.text("DATA", "data")).absolute()
KEYS = Path(env.text("KEYS", str(DATA / "keys"))).absolute()

SECRET_KEY = env.text("SECRET_KEY") or env.key_file(KEYS, "secret.key").hex()
AUDIT_KEY = env.key_file(KEYS, "audit.key")
TEXTS_KEY = env.key_file(KEYS, "texts.key")
"""Makes the hashes of strangers' texts that say nothing to who has the database alone."""
SEALING_KEYS = KEYS / "sealing"
PUSH_KEY = env.key_file(KEYS, "push.key")
"""Signs web pushes; a browser's door is opened for it. Another key: every door is opened anew."""

LISTEN = env.text("LISTEN", "127.0.0.1:8000")
PUBLIC_URL = (env.text("PUBLIC_URL") or f"http://{LISTEN}").rstrip("/")
SECURE = PUBLIC_URL.startswith("https://")
ALLOWED_HOSTS = env.listed("HOSTS") or ["127.0.0.1", "localhost", "[::1]"]
if (own := PUBLIC_URL.split("://", 1)[-1].split("/")[0].rsplit(":", 1)[0]) not in ALLOWED_HOSTS:
    ALLOWED_HOSTS.append(own)
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "csp",
    "django_htmx",
    "template_partials",
    "breakwater.core",
    "breakwater.audit",
    "breakwater.people",
    "breakwater.wellbeing",
    "breakwater.notices",
    "breakwater.channels",
    "breakwater.scoring",
    "breakwater.evidence",
    "breakwater.delivery",
    "breakwater.media",
    "breakwater.guidelines",
    "breakwater.hygiene",
    "breakwater.publishing",
    "breakwater.inbox",
    "breakwater.insights",
    "breakwater.pauses",
    "breakwater.strays",
    "breakwater.incidents",
    "breakwater.drills",
    "breakwater.web",
]

MIDDLEWARE = [
    "breakwater.web.middleware.RequestId",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "breakwater.web.middleware.NoStore",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "breakwater.web.middleware.Reader",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "breakwater.config.urls"
ASGI_APPLICATION = "breakwater.config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],  # before allauth's own
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "csp.context_processors.nonce",
                "breakwater.web.context.shell",
            ],
            "builtins": ["breakwater.web.templatetags.dates"],
        },
    }
]

DATABASE_URL = os.environ.get("DATABASE_URL", "") or env.text("DATABASE_URL")
if DATABASE_URL:
    DATABASES = {"default": dj_database_url.parse(DATABASE_URL, conn_max_age=60)}
    DATABASES["default"].setdefault("OPTIONS", {})
    # A server that is cut off is noticed in seconds, so that outcomes go to the spool meanwhile;
    # and the server notices us: a machine that is cut off keeps no lock of its workers for hours.
    _noticed = "-c tcp_keepalives_idle=15 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3"
    for _name, _value in (
        ("connect_timeout", 5),
        ("tcp_user_timeout", 15_000),  # milliseconds
        ("keepalives_idle", 15),
        ("keepalives_interval", 5),
        ("keepalives_count", 3),
        ("options", f"{_noticed} -c tcp_user_timeout=15000"),
    ):
        DATABASES["default"]["OPTIONS"].setdefault(_name, _value)
else:
    DATA.mkdir(parents=True, exist_ok=True)
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(DATA / "app.db"),
            # Opening costs more than most deeds; each thread keeps its own for a while.
            "CONN_MAX_AGE": 60,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA cache_size=-8000;"
                ),
            },
        }
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Person"
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # the address is unique, by a constraint on its lower case
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},  # no second factor yet: NIST SP 800-63B-4, 3.1.1.2
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "breakwater.people.passwords.NotGuessable"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
PASSWORD_RESET_TIMEOUT = 3600

ACCOUNT_ADAPTER = "breakwater.people.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True  # an unknown address costs the same time as a known one
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SECURE else "http"
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_LOGIN_TIMEOUT = 900
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",  # key: address and known device, see the adapter
    "reset_password": "20/m/ip,5/h/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = int(env.number("PROXIES", 0))
"""How many reverse proxies stand before us; whose X-Forwarded-For entry is the visitor."""

CACHES = {
    # The rate limits' memory. In the database, because several processes must share it.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "breakwater.web.errors.csrf"
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = "breakwater.core.formats"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True  # straight from the wheel: nothing to collect
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/dist/.+-[0-9A-Z]{8}\.\w+$"
MESSAGE_TAGS = {20: "idle", 25: "done", 30: "care", 40: "stop"}

BLOBS = DATA / "blobs"
MODELS = DATA / "models"
SPOOL = DATA / "spool"
LOCKS = DATA / "locks"
NETWORKS_HOME = DATA / "networks"
UPLOAD_MAX_BYTES = int(env.number("UPLOAD_MAX_MB", 40) * 1024 * 1024)
VIDEO_MAX_BYTES = int(env.number("VIDEO_MAX_MB", 1024) * 1024 * 1024)
DOCUMENT_MAX_BYTES = 100 * 1024 * 1024  # the most that a network of ours takes
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
API_RATE = int(env.number("API_RATE", 300))
"""Calls that one API token may make in a minute."""

NETWORK_ORIGINS = env.origins("NETWORK_ORIGINS")
"""slug -> where that network is reached instead: a stand-in or a gateway on this machine."""
ALLOWED_ORIGINS = frozenset(env.listed("ALLOWED_ORIGINS")) | set(NETWORK_ORIGINS.values())
"""Exact loopback origins that the egress guard lets through, for tests and drills."""

TIMINGS = Timings().scaled(env.number("TIME_SCALE", 1))
SEND_SLOTS = int(env.number("SEND_SLOTS", 64))

TIMESTAMP_URL = env.text("TIMESTAMP_URL")
"""A time-stamping authority (RFC 3161) that packages of evidence are shown to; "": none is asked."""
TIMESTAMP_ROOTS = env.text("TIMESTAMP_ROOTS")
"""Root certificates (PEM) that whoever signs its answers must lead to. An answer that leads to none
cannot be told from a forged one, so both are set or neither (config.checks)."""

MAIL_URL = env.text("MAIL_URL")
EMAIL_BACKEND = "breakwater.notices.mail.Backend"
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", "breakwater@localhost")

METRICS_TOKEN = env.text("METRICS_TOKEN")
LOGGING = logs.configured(env.text("LOG_FORMAT", "console"), env.text("LOG_LEVEL", "info"))
