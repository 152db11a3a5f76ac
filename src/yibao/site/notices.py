"""How do notices go out from this installation? From the environment; what is not set is not offered to anybody.

YIBAO_SMS_KEY_ID      the id of the access key at Alibaba Cloud or Tencent Cloud
YIBAO_SMS_KEY_SECRET  its secret
YIBAO_SMS_SIGN        the approved signature (短信签名)
YIBAO_SMS_APP         Tencent only: the SdkAppId
YIBAO_SMS_TEMPLATES   the file of approved texts, as JSON: {"SMS_123": "登录验证码 ${code}，…"}
YIBAO_SMS_REGION      Tencent only: the region, default ap-guangzhou
YIBAO_MAIL_FROM       the sender's address of e-mails
YIBAO_MAIL_HOST       the SMTP server
YIBAO_MAIL_PORT       its port: 465 speaks TLS from the start, any other begins it (STARTTLS); default 465
YIBAO_MAIL_USER, YIBAO_MAIL_PASSWORD   how to sign in there
YIBAO_PUSH_CONTACT    mailto:… or https://…: whom a push service asks when something is wrong; switches push on
YIBAO_PUSH_HOSTS      the push services that may be sent to, with commas
"""

from __future__ import annotations

import os

SMS_GATEWAY = {
    "key_id": os.environ.get("YIBAO_SMS_KEY_ID", ""),
    "key_secret": os.environ.get("YIBAO_SMS_KEY_SECRET", ""),
    "sign": os.environ.get("YIBAO_SMS_SIGN", ""),
    "app": os.environ.get("YIBAO_SMS_APP", ""),
    "templates": os.environ.get("YIBAO_SMS_TEMPLATES", ""),
    "region": os.environ.get("YIBAO_SMS_REGION", "ap-guangzhou"),
    "address": "",  # the gateway's own
}
MAIL_FROM = os.environ.get("YIBAO_MAIL_FROM", "")
_PORT = int(os.environ.get("YIBAO_MAIL_PORT", "465"))
MAIL = (
    "django.core.mail.backends.smtp.EmailBackend",
    os.environ.get("YIBAO_MAIL_HOST", "127.0.0.1"),
    _PORT,
    os.environ.get("YIBAO_MAIL_USER", ""),
    os.environ.get("YIBAO_MAIL_PASSWORD", ""),
    _PORT == 465,
    _PORT != 465,
)
PUSH_CONTACT = os.environ.get("YIBAO_PUSH_CONTACT", "")
_HOSTS = "fcm.googleapis.com,updates.push.services.mozilla.com,web.push.apple.com,.notify.windows.com"
PUSH_HOSTS = tuple(host for host in os.environ.get("YIBAO_PUSH_HOSTS", _HOSTS).split(",") if host)
