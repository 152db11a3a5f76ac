"""The addresses of a person's own record. Whose it is stands in the session, never in an address."""

from django.urls import path, re_path

from yibao.channels.portal.views import (
    app,
    bindings,
    me_allocation,
    me_apps,
    me_callback,
    me_enrolment,
    me_home,
    me_looked,
    me_months,
    me_movements,
    me_notices,
    me_row,
    me_settings,
    me_what_if,
    me_years,
)

MONTH = r"(?P<month>\d{4}-\d{2})"
DAY = r"(?P<day>\d{4}-\d{2}-\d{2})"
NUMBER = r"(?P<number>[1-9]\d{0,3})"

urlpatterns = [
    path("", me_home.home, name="me"),
    path("movements/", me_movements.movements, name="me_movements"),
    re_path(rf"^movements/{DAY}/{NUMBER}/$", me_row.movement_page, name="me_movement"),
    path("months/", me_months.months, name="me_months"),
    re_path(rf"^months/{MONTH}/$", me_row.month_page, name="me_month"),
    path("enrolment/", me_enrolment.enrolment, name="me_enrolment"),
    path("allocation/", me_allocation.allocation_page, name="me_allocation"),
    re_path(rf"^allocation/{MONTH}/$", me_allocation.allocation_page, name="me_allocation_month"),
    re_path(rf"^allocation/{MONTH}/reason/(?P<figure>\w+)/$", me_allocation.reason_page, name="me_allocation_reason"),
    path("years/", me_years.years_page, name="me_years"),
    path("years/reason/<str:figure>/", me_years.reason_page, name="me_years_reason"),
    path("years/retirement/<str:figure>/", me_years.retirement_reason, name="me_retirement_reason"),
    path("what-if/", me_what_if.start, name="me_what_if"),
    path("what-if/<str:change>/", me_what_if.what_if_page, name="me_change"),
    path("what-if/<str:change>/<int:number>/<str:figure>/", me_what_if.reason_page, name="me_change_reason"),
    path("looked/", me_looked.looked, name="me_looked"),
    path("apps/", me_apps.apps_page, name="me_apps"),
    path("apps/end/", me_apps.end_page, name="me_apps_end"),
    path("bindings/", bindings.bound, name="me_bindings"),
    path("bindings/new/", bindings.new, name="me_bindings_new"),
    path("bindings/<uuid:binding>/end/", bindings.end, name="me_bindings_end"),
    path("notices/", me_notices.notices_page, name="me_notices"),
    path("notices/choose/", me_notices.choose, name="me_notices_choose"),
    path("notices/email/", me_notices.email, name="me_notices_email"),
    path("notices/email/code/", me_notices.email_code, name="me_notices_code"),
    path("notices/email/end/", me_notices.email_end, name="me_notices_email_end"),
    path("notices/device/", me_notices.device, name="me_notices_device"),
    path("notices/device/<uuid:shown>/end/", me_notices.device_end, name="me_notices_device_end"),
    path("callback/", me_callback.callback_page, name="me_callback"),
    path("keep/", app.keep, name="me_keep"),
    path("settings/", me_settings.settings_page, name="me_settings"),
]
