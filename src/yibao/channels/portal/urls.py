"""The addresses of the public pages."""

from django.urls import include, path, re_path

from yibao.channels.portal.views import (
    app,
    asking,
    compare,
    coverage,
    developers,
    display,
    guides,
    home,
    journey,
    mistakes,
    reason,
    search,
    shared,
    simulate,
)

app_name = "portal"

urlpatterns = [
    path("", home.home, name="home"),
    path("ask/", asking.ask_page, name="ask"),
    path("about/", home.about, name="about"),
    path("privacy/", home.privacy, name="privacy"),
    path("me/", include("yibao.channels.portal.me_urls")),
    path("app/", app.install, name="app"),
    path("app.webmanifest", app.manifest, name="manifest"),
    path("sw.js", app.service_worker, name="service_worker"),
    path("offline/", app.offline, name="offline"),
    path("display/", display.display, name="display"),
    path("developers/", developers.page, name="developers"),
    path("developers/app/", developers.register, name="developers_app"),
    path("developers/token/", developers.try_token, name="developers_token"),
    path("simulate/", simulate.page, name="simulate"),
    path("coverage/", coverage.coverage_page, name="coverage"),
    path("guide/", guides.index, name="guides"),
    path("guide/<str:code>/", guides.area, name="guide_area"),
    path("guide/<str:code>/<str:topic>/", guides.guide_page, name="guide"),
    path("sitemap.xml", guides.site_map, name="sitemap"),
    path("robots.txt", guides.robots, name="robots"),
    path("search/", search.search_page, name="search"),
    path("compare/", compare.start, name="compare_start"),
    path("compare/<str:topic>/", compare.compare_page, name="compare"),
    path("answers/<str:topic>/", journey.journey_page, name="journey"),
    path("answers/<str:topic>/reason/<str:figure>/", reason.reason_page, name="reason"),
    path("mistake/", mistakes.mistake, name="mistake"),
    path("mistake/<str:code>/", mistakes.reported, name="reported"),
    path("check/", shared.check, name="check"),
    path("shared/", shared.share, name="share"),
    re_path(r"^shared/(?P<code>[0-9A-Za-z-]{20,40})\.pdf$", shared.pdf, name="shared_pdf"),
    path("shared/<str:code>/", shared.shared, name="shared"),
    path("shared/<str:code>/reason/<str:figure>/", shared.reason, name="shared_reason"),
    path("shared/<str:code>/delete/", shared.delete, name="shared_delete"),
]
