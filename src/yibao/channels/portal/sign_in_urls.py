"""The addresses of signing in and out. No number, name, phone or code of ours ever stands in one.

They have no namespace: allauth looks for some of them by these names.
"""

from django.urls import path

from yibao.channels.portal.views import bindings, credential, session, sign_in

urlpatterns = [
    path("sign-in/", sign_in.number, name="account_login"),
    path("sign-in/", sign_in.number, name="account_request_login_code"),
    path("sign-in/name/", sign_in.name, name="sign_in_name"),
    path("sign-in/phone/", sign_in.phone, name="sign_in_phone"),
    path("sign-in/code/", sign_in.code, name="account_confirm_login_code"),
    path("sign-in/again/", sign_in.again, name="sign_in_again"),
    path("sign-in/call/", sign_in.call, name="sign_in_call"),
    path("sign-in/with/<str:channel>/", bindings.start, name="sign_in_with"),
    path("sign-in/with/<str:channel>/back/", bindings.back, name="sign_in_back"),
    path("sign-out/", session.sign_out, name="account_logout"),
    path("signed-out/", session.signed_out, name="signed_out"),
    path("session/", session.extend, name="session_extend"),
    path("credential/", credential.show, name="credential"),
    path("credential/pin/", credential.first_pin, name="credential_pin"),
    path("credential/pin/again/", credential.second_pin, name="credential_pin_again"),
    path("credential/open/", credential.open_code, name="credential_open"),
]
