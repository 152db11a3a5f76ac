"""The site's settings, everybody's; only the addresses are more: `DJANGO_SETTINGS_MODULE=benchmarks.portal_site`."""

from yibao.site.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.portal_addresses"
