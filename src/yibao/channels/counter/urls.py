"""The addresses of the counter. Nobody's number, name or phone ever stands in one."""

from django.urls import path, re_path

from yibao.channels.counter.views import desk, passkey, record, serving, sign_in

app_name = "counter"
MONTH = r"(?P<month>\d{4}-\d{2})"

urlpatterns = [
    path("", desk.desk, name="desk"),
    path("sign-in/", sign_in.name, name="sign_in"),
    path("sign-in/password/", sign_in.password, name="sign_in_password"),
    path("sign-in/app/", sign_in.app, name="sign_in_app"),
    path("sign-in/code/", sign_in.code, name="sign_in_code"),
    path("sign-in/passkey/", passkey.sign_in, name="sign_in_passkey"),
    path("session/", sign_in.extend, name="extend"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("passkey/", passkey.passkeys, name="passkeys"),
    path("find/", desk.find, name="find"),
    path("callbacks/<int:number>/", desk.callback, name="callback"),
    path("record/", record.overview, name="record"),
    path("record/close/", record.close, name="record_close"),
    path("record/movements/", record.movements, name="record_movements"),
    path("record/months/", record.months, name="record_months"),
    path("record/allocation/", record.allocation, name="record_allocation"),
    re_path(rf"^record/allocation/{MONTH}/$", record.allocation, name="record_allocation_month"),
    path("record/years/", record.years, name="record_years"),
    path("record/enrolment/", record.enrolment, name="record_enrolment"),
    path("record/print.pdf", record.printed, name="record_print"),
    path("record/phone/", serving.phone, name="phone"),
    path("record/phone/code/", serving.phone_code, name="phone_code"),
    path("record/pin/", serving.pin, name="pin"),
    path("record/code/", serving.code, name="code"),
]
