"""Django's settings, made from the environment. One file for every place: laptop, test, server."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF

from knutepunkt.config.environment import read_environment

ENV = read_environment()
PACKAGE = Path(__file__).resolve().parents[1]
PROJECT = PACKAGE.parents[1]

DEBUG = ENV.debug
DEMO = ENV.demo
HOME = ENV.home
KEYS_FOLDER = ENV.keys_folder
INSTALLATION_KEY_FILE = ENV.installation_key_file
ADDRESS = ENV.address
INSTALLATION_NAME = os.environ.get("KNUTEPUNKT_NAME") or "Knutepunkt"
SECRET_FILE = ENV.keys_folder / "installation" / "signing.key"


def _signing_key() -> str:
    """The key that signs cookies: from the environment, else a file made by `knutepunkt setup`."""
    if value := os.environ.get("KNUTEPUNKT_SECRET_KEY"):
        return value
    return SECRET_FILE.read_text().strip() if SECRET_FILE.exists() else "unset-until-setup-has-run"


SECRET_KEY = _signing_key()
ALLOWED_HOSTS = [urlsplit(ADDRESS).hostname or "localhost", "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [ADDRESS]

INSTALLED_APPS = [
    "knutepunkt.config.apps.ConfigRoom",
    "knutepunkt.portal.apps.PortalRoom",
    "knutepunkt.journey.apps.JourneyRoom",
    "knutepunkt.inquiry.apps.InquiryRoom",
    "knutepunkt.meetingplace.apps.MeetingplaceRoom",
    "knutepunkt.stories.apps.StoriesRoom",
    "knutepunkt.events.apps.EventsRoom",
    "knutepunkt.consent.apps.ConsentRoom",
    "knutepunkt.themes.apps.ThemesRoom",
    "knutepunkt.organisations.apps.OrganisationsRoom",
    "knutepunkt.people.apps.PeopleRoom",
    "knutepunkt.web.apps.WebRoom",
    "knutepunkt.web.keystore.apps.KeyStore",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "django_htmx",
    "csp",
    "rules.apps.AutodiscoverRulesConfig",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "knutepunkt.web.middleware.reference_number",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "knutepunkt.meetingplace.holders.keep_at_the_door",
    "knutepunkt.web.middleware.chosen_language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "knutepunkt.web.middleware.no_such_address",
    "knutepunkt.web.middleware.looking_changes_nothing",
    "knutepunkt.web.middleware.private_pages",
    "knutepunkt.web.once.OnlyOnce",
]

ROOT_URLCONF = "knutepunkt.config.urls"
WSGI_APPLICATION = "knutepunkt.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "knutepunkt.web.context.every_page",
            ],
        },
    },
]
FORM_RENDERER = "knutepunkt.web.renderer.DsRenderer"

# -- data -----------------------------------------------------------------------------------------
_SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA secure_delete=ON;"
    "PRAGMA cache_size=-20000;PRAGMA temp_store=MEMORY",
}


def _database(alias: str, url: str) -> dict[str, object]:
    """One database setting from its address, with what embedded SQLite needs to be safe and fast."""
    found = dict(dj_database_url.parse(url, conn_max_age=None))
    if str(found["ENGINE"]).endswith("sqlite3"):
        found["OPTIONS"] = dict(_SQLITE)
        folder = ENV.home if alias == "default" else ENV.keys_folder / "store"
        found["TEST"] = {"NAME": str(folder / f"test-{alias}.sqlite3")}
    return found


DATABASES = {
    "default": _database("default", ENV.database_url),
    "keys": _database("keys", ENV.keys_url),
}
DATABASE_ROUTERS = ["knutepunkt.web.keystore.router.KeysApart"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LIKENESS = ENV.likeness
FILES_FOLDER = ENV.home / "files"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ADDRESS.startswith("https://")
TASKS = {
    "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]},
}

# -- people ---------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "people:sign-in"
LOGIN_REDIRECT_URL = "portal:my-page"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]

# -- language and time ----------------------------------------------------------------------------
LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]
LOCALE_PATHS = [PROJECT / "locale"]
FORMAT_MODULE_PATH = ["knutepunkt.config.formats"]
LANGUAGE_COOKIE_NAME = "sprak"
TIME_ZONE = "Europe/Oslo"
USE_TZ = True

# -- files and the browser ------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = ENV.home / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}
WHITENOISE_MAX_AGE = 60 * 60 * 24 * 365 if not DEBUG else 0
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 50
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_SSL_REDIRECT = False
CSRF_FAILURE_VIEW = "knutepunkt.web.views.errors.stale_form"

# -- mail -----------------------------------------------------------------------------------------
EMAIL_BACKEND = "knutepunkt.web.mail.SmtpOrNowhere"
EMAIL_HOST = os.environ.get("KNUTEPUNKT_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("KNUTEPUNKT_SMTP_PORT") or "25")
EMAIL_HOST_USER = os.environ.get("KNUTEPUNKT_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("KNUTEPUNKT_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("KNUTEPUNKT_SMTP_SECURITY") == "starttls"
EMAIL_USE_SSL = os.environ.get("KNUTEPUNKT_SMTP_SECURITY") == "tls"
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = os.environ.get("KNUTEPUNKT_MAIL_FROM") or "knutepunkt@localhost"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"no_words": {"()": "knutepunkt.web.logs.NoPersonalWords"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["no_words"]},
    },
    "root": {"handlers": ["stderr"], "level": "INFO" if not DEBUG else "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django_tasks": {"level": "WARNING"},
    },
}
SILENCED_SYSTEM_CHECKS: list[str] = []

from knutepunkt.config.sign_in import *  # noqa: E402, F403  (allauth's settings, kept together)
