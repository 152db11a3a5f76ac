"""The site's settings, all from the environment:

    YIBAO_DATA     the folder of the keys and of the embedded database   (see `yibao.site.data_folder`)
    DATABASE_URL   a PostgreSQL server, 15 or newer, in place of the embedded one: postgresql://user:password@host/name
    YIBAO_HOSTS    the names under which the site may be asked, with commas   (default: this machine only)
    YIBAO_SMS      the class that sends short messages   (default: the demo's, which prints them on the console)
    YIBAO_VOICE_CODES   1 where a hotline dials (`yibao hotline --dial`): codes are also told by a call
    YIBAO_API_PER_MINUTE   how often one address or one token may ask /api/ and /fhir/ in a minute   (default: 300)
    YIBAO_HTTPS    1 where a proxy in front speaks HTTPS: secure cookies, HSTS
    YIBAO_WECHAT_…, YIBAO_ALIPAY_…   our accounts there   (see `yibao.site.messengers`)
    YIBAO_SMS_…, YIBAO_MAIL_…, YIBAO_PUSH_…   how notices go out   (see `yibao.site.notices`)
"""

import os

from yibao.site import notices
from yibao.site.data_folder import data_folder
from yibao.site.database import django_database
from yibao.site.keys import load_keys
from yibao.site.messengers import ALIPAY as ALIPAY
from yibao.site.messengers import WECHAT as WECHAT

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
    "allauth.mfa",
    "allauth.idp.oidc",
    "yibao.books.areas",
    "yibao.books.people",
    "yibao.books.enrolment",
    "yibao.books.contributions",
    "yibao.books.ledger",
    "yibao.books.access",
    "yibao.books.cases",
    "yibao.books.staff",
    "yibao.books.consents",
    "yibao.books.terminals",
    "yibao.books.shared_answers",
    "yibao.books.webhooks",
    "yibao.books.bindings",
    "yibao.books.notices",
    "yibao.channels.kiosk",
    "yibao.channels.portal",
    "yibao.channels.counter",
]
MIDDLEWARE = [
    "yibao.site.metrics.Counted",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "yibao.site.middleware.ContentSecurityPolicy",
    "yibao.site.rates.RateLimit",
    "yibao.site.read_only.ReadOnlyGet",
    "django.middleware.common.CommonMiddleware",
    "yibao.site.middleware.CsrfWithoutReferrer",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "yibao.channels.portal.offline.Offline",
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
# The second factor of staff (yibao.services.staff); the insured have none and need none.
MFA_ADAPTER = "yibao.services.staff.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn"]
MFA_TOTP_TOLERANCE = 1  # half a minute either way: clocks of telephones are off, and typing takes its time
# Apps of others: allauth issues codes and tokens, yibao.services.apps says who may ask for what.
IDP_OIDC_ADAPTER = "yibao.services.apps.provider.Provider"
IDP_OIDC_PRIVATE_KEY = KEYS.id_tokens
IDP_OIDC_ACCESS_TOKEN_EXPIRES_IN = 60 * 60
IDP_OIDC_REFRESH_TOKEN_EXPIRES_IN = 365 * 24 * 3600  # never longer than the consent, which is asked for at every use
IDP_OIDC_RATE_LIMITS = False
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "yibao.services.apps.provider.RandomSecret",  # for secrets that are random, never for what people choose
]
CACHES = {"default": {"BACKEND": "yibao.services.short_lived.SharedCache"}}  # codes and used second factors
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:me"
SMS_SENDER = os.environ.get("YIBAO_SMS", "yibao.services.sign_in.sms.Console")
VOICE_CODES = os.environ.get("YIBAO_VOICE_CODES", "") == "1"
SMS_GATEWAY = notices.SMS_GATEWAY
MAIL_IS_ON, DEFAULT_FROM_EMAIL = bool(notices.MAIL_FROM), notices.MAIL_FROM
EMAIL_BACKEND, EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, EMAIL_USE_SSL, EMAIL_USE_TLS = notices.MAIL
EMAIL_TIMEOUT = 10
WEB_PUSH_KEY = KEYS.web_push
WEB_PUSH_CONTACT, WEB_PUSH_HOSTS = notices.PUSH_CONTACT, notices.PUSH_HOSTS
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

API_PER_MINUTE = int(os.environ.get("YIBAO_API_PER_MINUTE", "300"))

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
