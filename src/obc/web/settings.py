"""Settings, from the environment. `obc serve` sets it; a deployment sets it itself.

OBC_HOME           folder of the database, the key and the mail that is kept as files (default: obc-data)
OBC_MODE           demo (made-up users, a banner), local, or production
OBC_SECRET_KEY     in production; elsewhere one is made and kept in OBC_HOME
OBC_HOSTS          names it is reached by, separated by commas
DATABASE_URL       postgresql://user:password@host:port/name; without it SQLite in OBC_HOME
OBC_ADDRESS        how its pages are reached, for links in mails (default: the first of OBC_HOSTS)
OBC_SMTP_URL       smtp://user:password@host:port; without it mail is written to files
OBC_MAIL_BACKEND   another way to send mail, as the dotted path of a Django mail backend
OBC_SECOND_FACTOR  required (so in production) or optional (in production only with OpenID Connect)
OBC_IDLE_MINUTES   how long a session may be idle (default: 30 in production, 480 elsewhere)
OBC_OIDC_ISSUER    with OBC_OIDC_CLIENT_ID, _SECRET and _NAME: people sign in at their own organisation
OBC_ANCHOR         a folder, or an e-mail address: where the head of every trail is written once a day
OBC_ANCHOR_KEY     a file with the private key that signs those lines
"""

import os
import secrets
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

HOME = Path(os.environ.get("OBC_HOME", "obc-data")).absolute()
MODE = os.environ.get("OBC_MODE", "local")
DEMO, PRODUCTION = MODE == "demo", MODE == "production"
DEBUG = False
HERE = Path(__file__).parent


def _days_back() -> int:
    """The demonstration lives in the term of its contract: the day on which its home is made is 3 May 2016 there."""
    if not DEMO:
        return 0
    kept = HOME / "demonstration-began"
    if not kept.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        kept.write_text(datetime.now(UTC).date().isoformat())
    return (date.fromisoformat(kept.read_text()) - date(2016, 5, 3)).days


DAYS_BACK = _days_back()


def _secret() -> str:
    if given := os.environ.get("OBC_SECRET_KEY"):
        return given
    if PRODUCTION:
        return ""  # Django refuses to start without one
    kept = HOME / "secret-key"
    if not kept.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(64))
    return kept.read_text()


def _database() -> dict[str, object]:
    url = urlsplit(os.environ.get("DATABASE_URL", ""))
    if url.scheme in ("postgres", "postgresql"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": url.path.lstrip("/"),
            "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""),
            "HOST": url.hostname or "",
            "PORT": str(url.port or ""),
            "CONN_MAX_AGE": 60,
        }
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": HOME / "obc.sqlite3",
        # Writers wait for one another instead of failing, and what is committed survives a power cut.
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }


SECRET_KEY = _secret()
ALLOWED_HOSTS = os.environ.get("OBC_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
DATABASES = {"default": _database()}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "obc.store",
    "obc.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "obc.web.policy.ContentSecurityPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "obc.web.sessions.SessionLimits",
    "obc.web.second_factor.SecondFactor",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "obc.web.urls"
WSGI_APPLICATION = "obc.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [HERE / "templates"],
        "OPTIONS": {"environment": "obc.web.templating.environment"},
    },
    {
        # for the pages of allauth, which are written for Django's own language
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "sign_in"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "obc.web.accounts.organisation",
            ]
        },
    },
]

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
if DEMO:  # the password of all its users is printed at its start: there is nothing to protect, and much to wait for
    PASSWORD_HASHERS = ["obc.web.passwords.PrintedPassword"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_ADAPTER = "obc.web.accounts.ClosedDoor"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "obc"
MFA_ADAPTER = "obc.web.sealed_seeds.SealedSeeds"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses come from administrators, and links to them let people in
PASSWORD_RESET_TIMEOUT = 7 * 24 * 60 * 60  # the link of an invitation
SECOND_FACTOR = os.environ.get("OBC_SECOND_FACTOR", "required" if PRODUCTION else "optional")
OIDC = {key: os.environ.get(f"OBC_OIDC_{key}", "") for key in ("ISSUER", "CLIENT_ID", "SECRET", "NAME")}
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_HTTP_RESPONSE_CODE = 429
AXES_USERNAME_CALLABLE = "obc.web.accounts.tried_username"
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "obc.web.accounts.client_address"

SESSION_COOKIE_AGE = 8 * 60 * 60
IDLE_SECONDS = 60 * int(os.environ.get("OBC_IDLE_MINUTES", 30 if PRODUCTION else 480))
MOST_SESSIONS = 5
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "obc.web.refusals.forged"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if PRODUCTION:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]

DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_HANDLERS = [
    "obc.web.sent_files.Stopped",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = False
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

_mail = urlsplit(os.environ.get("OBC_SMTP_URL", ""))
if _mail.hostname:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _mail.hostname, _mail.port or 587
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
    EMAIL_USE_TLS = True
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = HOME / "mail"
EMAIL_BACKEND = os.environ.get("OBC_MAIL_BACKEND", EMAIL_BACKEND)
ADDRESS = os.environ.get("OBC_ADDRESS") or (f"https://{ALLOWED_HOSTS[0]}" if PRODUCTION else "http://localhost:8000")
ANCHOR, ANCHOR_KEY = os.environ.get("OBC_ANCHOR", ""), os.environ.get("OBC_ANCHOR_KEY", "")
DEFAULT_FROM_EMAIL = os.environ.get("OBC_MAIL_FROM", "obc@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
