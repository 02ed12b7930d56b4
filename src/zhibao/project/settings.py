"""Settings, all from the environment; what is not set is fit for a desk-top trial and refused in production.

ZHIBAO_HOME          where the database, the vault and the keys live (default: ./var)
ZHIBAO_PRODUCTION    1: refuse to start with any default that is not safe (see ``project/checks.py``)
ZHIBAO_SECRET_KEY    signs sessions; made once under ZHIBAO_HOME for a trial, must be given in production
ZHIBAO_DATABASE_URL  sqlite:///path or postgres://user:password@host:port/name (default: SQLite under ZHIBAO_HOME)
ZHIBAO_HOSTS         comma-separated host names (default: local ones)
ZHIBAO_SECOND_STEP   1: everybody needs a second log-in step (an app's code or a passkey); default in production
ZHIBAO_VAULT         folder of the stored evidence (default: ZHIBAO_HOME/vault)
ZHIBAO_KEYS          folder of the signing keys (default: ZHIBAO_HOME/keys)
ZHIBAO_TIMESTAMPS    class that obtains time stamps (default: an authority of this machine, for trials)
ZHIBAO_TIMESTAMPS_URL  where that authority answers, for one that is reached over the network
ZHIBAO_SIGNER        class that signs the evidence log (default: a key kept in ZHIBAO_KEYS)
ZHIBAO_LOG_ORIGIN    name the evidence log signs its checkpoints with
ZHIBAO_LAW           folders of the law packs, colon-separated (default: the packs that come with the product)
ZHIBAO_BEHIND_PROXY  1: a proxy in front ends TLS and sets X-Forwarded-Proto and X-Forwarded-For
"""

import os
import secrets
from pathlib import Path

from csp.constants import NONE, SELF

from zhibao.project.database import database_from_url
from zhibao.project.errors import BadHome, NoSecretKey

BASE_DIR = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("ZHIBAO_HOME", "var")).resolve()
PRODUCTION = os.environ.get("ZHIBAO_PRODUCTION") == "1"
DEBUG = False
try:
    HOME.mkdir(parents=True, exist_ok=True)  # SQLite makes its file, not the folder
except OSError as error:
    raise BadHome(where="ZHIBAO_HOME", path=str(HOME)) from error


def _secret_key() -> str:
    given = os.environ.get("ZHIBAO_SECRET_KEY", "")
    if given:
        return given
    if PRODUCTION:
        raise NoSecretKey(where="ZHIBAO_SECRET_KEY")
    kept = HOME / "secret_key"
    try:
        # Several processes may start at once in a fresh folder: only one may write the key.
        descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return kept.read_text()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(48))
    return kept.read_text()


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = os.environ.get("ZHIBAO_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if PRODUCTION else []

INSTALLED_APPS = [
    "zhibao.project.apps.ProjectConfig",
    "zhibao.apps.organs",
    "zhibao.apps.work",
    "zhibao.apps.register",
    "zhibao.apps.vault",
    "zhibao.apps.cases",
    "zhibao.apps.library",
    "zhibao.apps.watch",
    "zhibao.jobs",
    "zhibao.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_htmx",
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
    "zhibao.web.middleware.PersonLanguage",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "zhibao.project.second_step.SecondStep",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "zhibao.web.middleware.ErrorPages",
]
ROOT_URLCONF = "zhibao.project.urls"
WSGI_APPLICATION = "zhibao.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "zhibao.web.context.frame",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "zhibao.web.templatetags.zhibao",
            ],
        },
    }
]

DATABASES = {
    "default": database_from_url(os.environ.get("ZHIBAO_DATABASE_URL", f"sqlite:///{HOME / 'zhibao.sqlite3'}"))
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Counts the wrong log-ins and throttles; per process, which is enough because lock-outs are kept in the database.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# --- log-in -----------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "organs.Person"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name_en")},
    },
    {"NAME": "zhibao.apps.organs.passwords.LongEnough"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/accounts/login/"
ACCOUNT_ADAPTER = "zhibao.project.login.NoSignUp"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
# Wrong passwords are counted in one place only: by axes, below. A whole office may log in at nine behind one address.
ACCOUNT_RATE_LIMITS = {"login_failed": None, "login": "120/m/ip"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_TOTP_ISSUER = "知保 Zhibao"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION  # a trial runs on http://localhost
SECOND_STEP_NEEDED = os.environ.get("ZHIBAO_SECOND_STEP", "1" if PRODUCTION else "0") == "1"

# Five wrong passwords for one name from one address close that pair for a quarter of an hour. Name and address together,
# so that nobody can lock an officer out from elsewhere and one office behind one address does not lock itself out.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "zhibao.project.login.attempted_name"
AXES_RESET_ON_SUCCESS = True
AXES_HTTP_RESPONSE_CODE = 429
AXES_LOCKOUT_CALLABLE = "zhibao.web.pages.account.locked_out"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

SESSION_COOKIE_AGE = 12 * 3600  # one working day: shared desks are common
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "zhibao.web.pages.errors.csrf_failed"

# --- transport and content --------------------------------------------------------------------------------------------
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = PRODUCTION
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = False  # other systems of the same organ may live beside ours without TLS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
BEHIND_PROXY = os.environ.get("ZHIBAO_BEHIND_PROXY") == "1"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
ALLAUTH_TRUSTED_PROXY_COUNT = int(BEHIND_PROXY)
AXES_CLIENT_IP_CALLABLE = "zhibao.project.login.caller_address"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024**2  # form fields; files are streamed to disk and limited where they are read
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # the page that mends up to 200 rows of an import posts about 20 fields a row

# --- languages, time, files -------------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
STATIC_URL = "/static/"
# Files are served from where they lie in the packages: no collecting step that an installation could forget.
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 600  # seconds: after an update nobody works long with an old style sheet

# --- rooms of our own -------------------------------------------------------------------------------------------------
ZHIBAO_VAULT = Path(os.environ.get("ZHIBAO_VAULT", HOME / "vault"))
ZHIBAO_MIRROR = HOME / "mirror"  # columns of all events, built from the database whenever they are not there
ZHIBAO_VAULT_LIMIT = 2 * 1024**3  # bytes a file: an hour of inspection video
ZHIBAO_KEYS = Path(os.environ.get("ZHIBAO_KEYS", HOME / "keys"))
ZHIBAO_TIMESTAMPS = os.environ.get("ZHIBAO_TIMESTAMPS", "zhibao.gateways.timestamps.LocalTimestampAuthority")
ZHIBAO_TIMESTAMPS_URL = os.environ.get("ZHIBAO_TIMESTAMPS_URL", "")
ZHIBAO_SIGNER = os.environ.get("ZHIBAO_SIGNER", "zhibao.gateways.keys.FolderSigner")
ZHIBAO_LOG_ORIGIN = os.environ.get("ZHIBAO_LOG_ORIGIN", "zhibao.local/log")
ZHIBAO_LAW = tuple(Path(folder) for folder in os.environ.get("ZHIBAO_LAW", "").split(":") if folder)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"zhibao": {"level": "INFO"}, "axes": {"level": "WARNING"}},
}
