"""Short messages by Alibaba Cloud (阿里云短信服务, dysmsapi 2017-05-25): `pip install yibao[sms-alibaba]`."""

from __future__ import annotations

import json

from alibabacloud_dysmsapi20170525.client import Client
from alibabacloud_dysmsapi20170525.models import SendSmsRequest
from alibabacloud_tea_openapi.exceptions import AlibabaCloudException
from alibabacloud_tea_openapi.utils_models import Config
from darabonba.runtime import RuntimeOptions
from django.conf import settings

from yibao.services.results import Done, Refused
from yibao.services.short_messages.gateway import Fitted, Gateway, not_taken, refused

ENDPOINT = "dysmsapi.aliyuncs.com"
AGAIN = ("isp.", "Throttling", "ServiceUnavailable", "isv.BUSINESS_LIMIT_CONTROL")
"""Codes that begin so may be other ones in a while."""
MILLISECONDS = 5000


class Alibaba(Gateway):
    """Set as `YIBAO_SMS=yibao.services.short_messages.alibaba.Alibaba`."""

    def _deliver(self, phone: str, fitted: Fitted, number: str) -> Done[None] | Refused:
        held = settings.SMS_GATEWAY
        address = held["address"] or f"https://{ENDPOINT}"
        protocol, _, endpoint = address.partition("://")
        client = Client(
            Config(
                access_key_id=held["key_id"], access_key_secret=held["key_secret"], endpoint=endpoint, protocol=protocol
            )
        )
        request = SendSmsRequest(
            phone_numbers=phone,
            sign_name=held["sign"],
            template_code=fitted.id,
            template_param=json.dumps(dict(fitted.gaps), ensure_ascii=False) if fitted.gaps else None,
            out_id=number or None,
        )
        waits = RuntimeOptions(autoretry=False, connect_timeout=MILLISECONDS, read_timeout=MILLISECONDS)
        try:
            code = str(client.send_sms_with_options(request, waits).body.code)
        except AlibabaCloudException as error:  # an answer too: not 200, but with a code
            code = str(error.code)
        if code == "OK":
            return Done(None)
        return not_taken() if code.startswith(AGAIN) else refused(code)
