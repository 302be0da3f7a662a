"""One module of settings; the environment decides what differs between machines.

Everything read from the environment is listed in docs/settings.md. A value that cannot work stops the
start with a sentence that names the variable and says what to set.
"""

import secrets
import sys
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from newsroom import mailing, storing

env = environ.Env()

ROOT = Path(__file__).resolve().parent.parent
TESTING = "pytest" in sys.modules
DATA_DIR: Path = ROOT / (env.str("DATA_DIR", default="") or "var")

ENVIRONMENT = env.str("NEWSROOM_ENV", default="") or "development"
if ENVIRONMENT not in {"development", "production"}:
    raise ImproperlyConfigured(
        f"NEWSROOM_ENV is “{ENVIRONMENT}”. Set it to “production”, or leave it out on a developer's machine."
    )
PRODUCTION = ENVIRONMENT == "production"


def _integer(name: str, *, default: int, least: int, most: int) -> int:
    """A whole number from the environment, between ``least`` and ``most``."""
    given = env.str(name, default="") or str(default)
    if not given.isascii() or not given.isdigit() or not least <= int(given) <= most:
        raise ImproperlyConfigured(f"{name} is “{given}”. Set a whole number from {least} to {most}.")
    return int(given)


def _yes_or_no(name: str, *, default: str = "0") -> bool:
    """A switch from the environment: 1 or 0, off where it is missing unless ``default`` says otherwise."""
    given = env.str(name, default="") or default
    if given.lower() not in {"0", "1", "true", "false", "yes", "no", "on", "off"}:
        raise ImproperlyConfigured(f"{name} is “{given}”. Set it to 1 or 0.")
    return given.lower() in {"1", "true", "yes", "on"}


def _secret_key() -> str:
    """The signing key: required in production, made once and kept in DATA_DIR elsewhere."""
    given: str = env.str("SECRET_KEY", default="")
    if PRODUCTION and len(given) < 50:
        raise ImproperlyConfigured(
            "SECRET_KEY is missing or shorter than 50 characters. Set it to a long random text, for "
            "example the output of: python3 -c 'import secrets; print(secrets.token_urlsafe(64))'"
        )
    if given or TESTING:
        return given or "only-for-tests"
    kept = DATA_DIR / "secret-key"
    try:
        if not kept.exists():
            _write_secret(kept)
        return kept.read_text().strip()
    except OSError as error:
        raise _folder_refused(error) from error


def _write_secret(kept: Path) -> None:
    """For the owner's eyes alone, and whole or not at all: a start may be stopped at any moment."""
    draft = kept.with_name("secret-key.new")
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_urlsafe(64))
    draft.replace(kept)


def _incoming() -> Path | None:
    """Where uploads and pictures being made wait: on the disk that will keep them, never in a /tmp that is memory."""
    if TESTING:
        return None
    incoming = DATA_DIR / "incoming"
    try:
        incoming.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise _folder_refused(error) from error
    return incoming


def _folder_refused(error: OSError) -> ImproperlyConfigured:
    return ImproperlyConfigured(
        f"DATA_DIR is “{DATA_DIR}”, where nothing can be kept ({error.strerror}). Set it to a folder this user may "
        "write to."
    )


def _site_address() -> str:
    """Scheme and host of the reader's site, without a slash at the end."""
    given: str = env.str("SITE_ADDRESS", default="").rstrip("/")
    if PRODUCTION and not given:
        raise ImproperlyConfigured(
            "SITE_ADDRESS is missing. Set it to the address readers use, for example https://news.example.org"
        )
    given = given or f"http://127.0.0.1:{PORT}"
    parts = urlsplit(given)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path:
        raise ImproperlyConfigured(
            f"SITE_ADDRESS is “{given}”. Set scheme and host only, for example https://news.example.org"
        )
    if PRODUCTION and parts.scheme != "https":
        raise ImproperlyConfigured(
            f"SITE_ADDRESS is “{given}”. Production is served over HTTPS: set an https:// address."
        )
    return given


def _allowed_hosts() -> list[str]:
    """The host names this server answers to: that of SITE_ADDRESS unless ALLOWED_HOSTS names others."""
    own = urlsplit(SITE_ADDRESS).hostname or ""
    hosts: list[str] = env.list("ALLOWED_HOSTS", default=[]) or [own]
    if PRODUCTION and any(host in {"*", ".", ""} for host in hosts):
        raise ImproperlyConfigured(
            "ALLOWED_HOSTS lets any host name in. List the names readers use, separated by commas."
        )
    return hosts if PRODUCTION else [*hosts, "127.0.0.1", "localhost", "[::1]"]


def _database() -> dict[str, Any]:
    """SQLite in DATA_DIR, or what DATABASE_URL names (TEST_DATABASE_URL under pytest)."""
    name = "TEST_DATABASE_URL" if TESTING else "DATABASE_URL"
    given = env.str(name, default="") or f"sqlite:///{DATA_DIR / 'newsroom.sqlite3'}"
    if urlsplit(given).scheme not in {"sqlite", "postgres", "postgresql"}:
        raise ImproperlyConfigured(
            f"{name} names neither SQLite nor PostgreSQL. Set postgres://user:password@host:5432/name, or leave it "
            "out to keep everything in one file."
        )
    database: dict[str, Any] = env.db_url_config(given)
    if database["ENGINE"] == "django.db.backends.sqlite3":
        database["TEST"] = {"NAME": f"{tempfile.gettempdir()}/newsroom-test.sqlite3"}
        database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        }
    else:
        database["CONN_MAX_AGE"] = 60
        database["CONN_HEALTH_CHECKS"] = True
    return database


HOST = env.str("HOST", default="") or "127.0.0.1"
PORT = _integer("PORT", default=8000, least=1, most=65535)
WEB_WORKERS = _integer("WEB_WORKERS", default=2, least=1, most=64)
DEBUG = _yes_or_no("DEBUG")
if PRODUCTION and DEBUG:
    raise ImproperlyConfigured("DEBUG shows our source to readers. Leave DEBUG out in production.")

# The sample newsroom, made at the first start of an empty one. Its people are never made in production.
SAMPLE = _yes_or_no("NEWSROOM_SAMPLE", default="0" if PRODUCTION else "1")
SAMPLE_PASSWORD: str = env.str("NEWSROOM_SAMPLE_PASSWORD", default="")
if PRODUCTION and SAMPLE:
    raise ImproperlyConfigured(
        "NEWSROOM_SAMPLE would make people whose password others may know. Leave it out in production."
    )

INCOMING = _incoming()
SECRET_KEY = _secret_key()
SITE_ADDRESS = _site_address()
ALLOWED_HOSTS = _allowed_hosts()

# How many proxies of our own stand before this server. Their X-Forwarded-Proto and -For are believed, nobody else's.
TRUSTED_PROXIES = _integer("TRUSTED_PROXIES", default=0, least=0, most=5)
if env.str("TRUST_FORWARDED_FOR", default=""):
    raise ImproperlyConfigured(
        "TRUST_FORWARDED_FOR would believe any client's X-Forwarded-For. Set TRUSTED_PROXIES to the number of "
        "proxies before this server instead."
    )

INSTALLED_APPS = [
    "desk",
    "public",
    "commentary",
    "articles",
    "authors",
    "documents",
    "embeds",
    "images",
    "charts",
    "masthead",
    "accounts",
    "richtext",
    "heartbeat",
    "files",
    "ckeditor",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "desk.apps.DeskAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "newsroom",  # last: its roles are applied when every other app has its permissions
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "newsroom.headers.permissions_policy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "masthead.middleware.zone",
]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "masthead.middleware.masthead",
            ],
        },
    },
]

DATABASES = {"default": _database()}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.PeopleBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
if TESTING:  # a real hash takes half a second, and tests make hundreds of people
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Staff without a second factor reach nothing but the pages that set one up (desk/site.py).
SECOND_FACTOR_REQUIRED = _yes_or_no("SECOND_FACTOR_REQUIRED", default="1" if PRODUCTION else "0")

# Second factors and sessions are django-allauth's; doors and limits are ours: docs/decisions/0007-sign-in.md.
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_ADAPTER = "accounts.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # half minutes a phone's clock may be off
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # a passkey stands for the password too

LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
CSRF_FAILURE_VIEW = "newsroom.refusals.csrf_failure"

LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"  # how moments are stored; people see the masthead's zone
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [ROOT / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "richtext.finders.AppsFinder",
    "richtext.finders.EditorFinder",
]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
# Pictures and documents: in DATA_DIR, or in a bucket that STORAGE_URL names (docs/settings.md).
STORAGE_URL: str = "" if TESTING else env.str("STORAGE_URL", default="")
STORAGE_ADDRESS: str = "" if TESTING else env.str("STORAGE_ADDRESS", default="")
PICTURE_SOURCES = storing.origin(STORAGE_ADDRESS)  # where pages may load pictures from besides ourselves
STORAGES = {
    **storing.storages(STORAGE_URL, STORAGE_ADDRESS, DATA_DIR),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "newsroom.static_files.StaticFilesStorage"
    },
}
# AVIF beside WebP and JPEG: smaller files for readers, several times the computing (docs/settings.md).
PICTURES_AVIF = _yes_or_no("PICTURES_AVIF")
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_TEMP_DIR = INCOMING

EMAIL_URL: str = env.str("EMAIL_URL", default="")
MAILERS = {"default": mailing.mailer(EMAIL_URL, DATA_DIR)}
# Letters to guests carry keys. Where no mail leaves they can be read on the desk with their links; never in production.
LETTERS_KEPT = not PRODUCTION and not EMAIL_URL
LETTERS_LEAVE = LETTERS_KEPT or bool(EMAIL_URL)
# Answers to our letters: an address whose mailbox `manage.py fetch_mail` reads, or whose mail comes to the webhook.
INBOUND_ADDRESS = mailing.inbound(env.str("INBOUND_ADDRESS", default=""))
INBOUND_SECRET = mailing.secret(env.str("INBOUND_SECRET", default=""))
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", default="") or "newsroom@localhost"
SERVER_EMAIL = DEFAULT_FROM_EMAIL

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# The largest text a form may post, in bytes; the browser is told before it sends (a file is not counted).
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024

# Public pages carry this policy; the desk names its own (desk/policy.py).
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "img-src": [CSP.SELF, *PICTURE_SOURCES],
    "connect-src": [CSP.SELF],  # auditors ask for robots.txt from within the page
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}

SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

SILENCED_SYSTEM_CHECKS = [
    "ckeditor.W001",  # known and answered: docs/decisions/0003-the-editor.md
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"django.tasks": {"level": "WARNING"}, "django_tasks_db": {"level": "ERROR"}},
}
