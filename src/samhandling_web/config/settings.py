"""Settings. Everything an installation may change comes from its environment."""

import secrets
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from environs import Env

ROOT = Path(__file__).resolve().parents[3]
env = Env()

DATA_FOLDER = Path(env.str("SAMHANDLING_DATA", str(ROOT / "var"))).absolute()
DATA_FOLDER.mkdir(parents=True, exist_ok=True)
MEDIA_ROOT = DATA_FOLDER / "files"
SNAPSHOT_FOLDER = DATA_FOLDER / "snapshot"
TEMPLATE_FOLDER = Path(env.str("SAMHANDLING_TEMPLATES", str(DATA_FOLDER / "templates")))
NODE_MODULES = Path(env.str("SAMHANDLING_NODE_MODULES", str(ROOT / "node_modules")))


def _kept_secret(path: Path) -> str:
    """Return the installation's own secret, made once and readable by its owner only."""
    if not path.exists():
        with NamedTemporaryFile("w", dir=path.parent, encoding="ascii") as part:
            part.write(secrets.token_urlsafe(50))
            part.flush()
            # Of web server and worker starting together, the first one's secret holds for both.
            with suppress(FileExistsError):
                path.hardlink_to(part.name)
    return path.read_text(encoding="ascii")


DEBUG = env.bool("SAMHANDLING_DEBUG", default=False)
SECRET_KEY = env.str("SAMHANDLING_SECRET_KEY", "") or _kept_secret(DATA_FOLDER / "secret-key")
ALLOWED_HOSTS = env.list("SAMHANDLING_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("SAMHANDLING_ORIGINS", default=[])
HTTPS = env.bool("SAMHANDLING_HTTPS", default=False)
DEMO = env.bool("SAMHANDLING_DEMO", default=False)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    # Before allauth, whose pages their templates replace.
    "samhandling_web.base.common",
    "samhandling_web.base.accounts",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.saml",
    "csp",
    "django_htmx",
    "django_filters",
    "django_tables2",
    "django_tasks",
    "django_tasks_db",
    "template_partials",
    "samhandling_web.base.audit",
    "samhandling_web.base.jobs",
    "samhandling_web.base.photos",
    "samhandling_web.base.areas",
    "samhandling_web.base.reports",
    "samhandling_web.observe.imports",
    "samhandling_web.observe.events",
    "samhandling_web.observe.statistics",
    "samhandling_web.observe.surveys",
    "samhandling_web.observe.observations",
    "samhandling_web.observe.walks",
    "samhandling_web.understand.picture",
    "samhandling_web.understand.places",
    "samhandling_web.agree.partnership",
    "samhandling_web.agree.measures",
    "samhandling_web.faces.pages",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "samhandling_web.base.common.middleware.DomainErrorMiddleware",
]

ROOT_URLCONF = "samhandling_web.config.urls"
WSGI_APPLICATION = "samhandling_web.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "samhandling_web.base.common.context.shell",
            ],
            "builtins": ["samhandling_web.base.common.templatetags.components"],
        },
    }
]

DATABASES = {
    "default": env.dj_db_url("DATABASE_URL", default=f"sqlite:///{DATA_FOLDER / 'samhandling.db'}")
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # Writers queue from their first statement instead of failing at their first write.
        "transaction_mode": "IMMEDIATE",
        "timeout": 60,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
            "PRAGMA mmap_size=268435456; PRAGMA cache_size=-65536; PRAGMA temp_store=FILE"
        ),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA_FOLDER / "cache",
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Adopted pictures are public records; a municipality that publishes them elsewhere turns this off.
PUBLISH_ADOPTED = env.bool("SAMHANDLING_PUBLISH_ADOPTED", default=True)
PUBLIC_CONTACT = env.str("SAMHANDLING_PUBLIC_CONTACT", "")

# The level whose areas are the police's own: with them districts make agreements.
POLICE_LEVEL = env.str("SAMHANDLING_POLICE_LEVEL", "police_area")
# Where people reach the installation, for links in letters that no page has asked for.
SITE_ADDRESS = env.str("SAMHANDLING_ADDRESS", "http://localhost:8000")

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", _("Svenska")), ("en", _("Engelska"))]
LOCALE_PATHS = [ROOT / "src" / "samhandling_web" / "locale"]
TIME_ZONE = env.str("SAMHANDLING_TIME_ZONE", "Europe/Stockholm")
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [
    ("vendor/designsystemet", NODE_MODULES / "@digdir" / "designsystemet-css" / "dist"),
    ("vendor/designsystemet-theme", NODE_MODULES / "@digdir" / "designsystemet-theme" / "brand"),
    ("vendor/inter", NODE_MODULES / "@fontsource-variable" / "inter"),
    ("vendor/htmx", NODE_MODULES / "htmx.org" / "dist"),
    ("vendor/maplibre", NODE_MODULES / "maplibre-gl" / "dist"),
]
# The packages are served as npm delivered them: no copying step that could be forgotten.
WHITENOISE_USE_FINDERS = True

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "samhandling_web.base.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
# Five wrong guesses at one account in five minutes lock it; twenty in a minute lock the machine
# that they come from.
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,5/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
SOCIALACCOUNT_PROVIDERS = env.json("SAMHANDLING_SIGN_IN_PROVIDERS", default={})
SOCIALACCOUNT_AUTO_SIGNUP = False

EMAIL_HOST = env.str("SAMHANDLING_MAIL_HOST", "")
EMAIL_PORT = env.int("SAMHANDLING_MAIL_PORT", default=25)
EMAIL_HOST_USER = env.str("SAMHANDLING_MAIL_USER", "")
EMAIL_HOST_PASSWORD = env.str("SAMHANDLING_MAIL_PASSWORD", "")
EMAIL_USE_TLS = env.bool("SAMHANDLING_MAIL_TLS", default=False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("SAMHANDLING_MAIL_FROM", "samhandling@localhost")
# Without a mail server letters are kept as files, so that no invitation is lost.
EMAIL_FILE_PATH = DATA_FOLDER / "mail"
EMAIL_BACKEND = "django.core.mail.backends." + (
    "smtp.EmailBackend" if EMAIL_HOST else "filebased.EmailBackend"
)

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        # MapLibre hands its own drawn tiles and glyphs to the page as blobs and data.
        "img-src": [SELF, "data:", "blob:"],
        "worker-src": [SELF, "blob:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

DJANGO_TABLES2_TEMPLATE = "common/components/table.html"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("SAMHANDLING_LOG_LEVEL", "WARNING")},
}
