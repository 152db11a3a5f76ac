"""The site's settings, all from the environment:

    YIBAO_DATA     the folder of the keys and of the embedded database   (see `yibao.site.data_folder`)
    DATABASE_URL   a PostgreSQL server, 15 or newer, in place of the embedded one: postgresql://user:password@host/name
    YIBAO_HOSTS    the names under which the site may be asked, with commas   (default: this machine only)
    YIBAO_SMS      the class that sends short messages   (default: the demo's, which prints them on the console)
    YIBAO_HTTPS    1 where a proxy in front speaks HTTPS: secure cookies, HSTS
"""

import os

from yibao.site.data_folder import data_folder
from yibao.site.database import django_database
from yibao.site.keys import load_keys

DATA = data_folder()
KEYS = load_keys(DATA)
SECRET_KEY = KEYS.django
INDEX_KEY = KEYS.blind_index
SEALING_KEYS = KEYS.sealing
DEBUG = False

ALLOWED_HOSTS = [host for host in os.environ.get("YIBAO_HOSTS", "127.0.0.1,localhost,[::1]").split(",") if host]
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "yibao.books.areas",
    "yibao.books.people",
    "yibao.books.enrolment",
    "yibao.books.contributions",
    "yibao.books.ledger",
    "yibao.books.access",
    "yibao.books.cases",
    "yibao.books.shared_answers",
    "yibao.channels.portal",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "yibao.site.middleware.ContentSecurityPolicy",
    "yibao.site.read_only.ReadOnlyGet",
    "django.middleware.common.CommonMiddleware",
    "yibao.site.middleware.CsrfWithoutReferrer",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "yibao.channels.portal.aloud.Aloud",
]
ROOT_URLCONF = "yibao.site.urls"
WSGI_APPLICATION = "yibao.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]

AUTH_USER_MODEL = "access.User"
# Signing in: by a code, never by a password. What allauth calls a phone is for us the person to whose phone the code
# goes. Its own limits count in the memory of each process; ours are in the database (yibao.services.sign_in.tally).
AUTHENTICATION_BACKENDS = ["yibao.services.sign_in.backend.WithoutPassword"]
ACCOUNT_ADAPTER = "yibao.services.sign_in.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"phone"}
ACCOUNT_SIGNUP_FIELDS = ["phone*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 5 * 60
ACCOUNT_RATE_LIMITS = False
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:me"
SMS_SENDER = os.environ.get("YIBAO_SMS", "yibao.services.sign_in.sms.Console")
SESSION_ENGINE = "yibao.services.sign_in.sessions"
SESSION_COOKIE_AGE = 30 * 60  # without a page being opened
SESSION_COOKIE_SAMESITE = "Lax"
DATABASES = {"default": django_database(os.environ.get("DATABASE_URL", ""), DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "zh-hans"
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"  # days are days in China; instants are stored as UTC
USE_TZ = True

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True  # files are served from where they lie in the package: no collecting step
WHITENOISE_AUTOREFRESH = False

# Privacy: nobody learns from a link where a visitor came from, and nothing of another site runs in a page.
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
CSRF_FAILURE_VIEW = "yibao.channels.portal.views.errors.csrf_failure"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
if os.environ.get("YIBAO_HTTPS", "") == "1":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_SECURE = True
    ALLAUTH_TRUSTED_PROXY_COUNT = 1

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"private": {"()": "yibao.site.logs.PrivateFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "private"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # Django's own handlers would write whole requests and mail them; ours are the only ones.
    "loggers": {"django": {"handlers": [], "level": "WARNING", "propagate": True}},
}
