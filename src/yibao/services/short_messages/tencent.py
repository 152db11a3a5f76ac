"""Short messages by Tencent Cloud (腾讯云短信, sms 2021-01-11): `pip install yibao[sms-tencent]`."""

from __future__ import annotations

from django.conf import settings
from tencentcloud.common import credential
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.sms.v20210111 import models
from tencentcloud.sms.v20210111.sms_client import SmsClient

from yibao.services.results import Done, Refused
from yibao.services.short_messages.gateway import Fitted, Gateway, not_taken, refused

ENDPOINT = "sms.tencentcloudapi.com"
AGAIN = ("InternalError", "RequestLimitExceeded", "LimitExceeded", "FailedOperation.InsufficientBalance")
"""Codes that begin so may be other ones in a while."""
SECONDS = 5


class Tencent(Gateway):
    """Set as `YIBAO_SMS=yibao.services.short_messages.tencent.Tencent`."""

    def _deliver(self, phone: str, fitted: Fitted, number: str) -> Done[None] | Refused:
        held = settings.SMS_GATEWAY
        address = held["address"] or f"https://{ENDPOINT}"
        scheme, _, endpoint = address.partition("://")
        http = HttpProfile(protocol=scheme, endpoint=endpoint, reqTimeout=SECONDS)
        who = credential.Credential(held["key_id"], held["key_secret"])
        client = SmsClient(who, held["region"], ClientProfile(httpProfile=http))
        request = models.SendSmsRequest()
        request.PhoneNumberSet = [f"+86{phone}"]
        request.SmsSdkAppId, request.SignName, request.TemplateId = held["app"], held["sign"], fitted.id
        request.TemplateParamSet = [value for _, value in sorted(fitted.gaps, key=lambda gap: int(gap[0]))]
        request.SessionContext = number
        try:
            code = str(client.SendSms(request).SendStatusSet[0].Code)
        except TencentCloudSDKException as error:
            code = str(error.code or "")
            if not code or code.startswith("Client"):
                raise  # it never came to an answer
        if code == "Ok":
            return Done(None)
        return not_taken() if code.startswith(AGAIN) else refused(code)
