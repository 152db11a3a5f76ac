"""Short messages by the gateways of the cloud: signed as they want it, an approved text, and what each answer means."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.gateways.sms import Asked, Gateway

from yibao.services.results import Done, Refused
from yibao.services.short_messages.gateway import HANDING, fit
from yibao.services.sign_in import sms
from yibao.services.sign_in.adapter import CODE
from yibao.services.wording import SERVICE_NAME

PHONE, TEXT = "10012345678", CODE.format(site=SERVICE_NAME, code="482915")
APPROVED = {
    "alibaba": {"SMS_1": "登录验证码 ${code}，5 分钟内有效，只能用一次。工作人员不会问您要，谁要都别给。"},
    "tencent": {"1": "登录验证码 {1}，5 分钟内有效，只能用一次。工作人员不会问您要，谁要都别给。"},
}
CLASSES = {"alibaba": "alibaba.Alibaba", "tencent": "tencent.Tencent"}
PACKAGES = {"alibaba": "alibabacloud_dysmsapi20170525", "tencent": "tencentcloud.sms"}


@pytest.fixture(params=["alibaba", "tencent"])
def gateway(request: pytest.FixtureRequest, settings: Any, tmp_path: Path) -> Iterator[Gateway]:
    """One of the gateways, and our site set to it."""
    kind = request.param
    pytest.importorskip(PACKAGES[kind])
    file = tmp_path / "approved.json"
    file.write_text(json.dumps(APPROVED[kind]), encoding="utf-8")
    with Gateway(kind) as there:
        settings.SMS_SENDER = f"yibao.services.short_messages.{CLASSES[kind]}"
        settings.SMS_GATEWAY = there.settings(str(file))
        yield there


def expected(gateway: Gateway, number: str) -> Asked:
    if gateway.kind == "alibaba":
        return Asked(PHONE, "SMS_1", {"code": "482915"}, number)
    return Asked(f"+86{PHONE}", "1", ["482915"], number)


def code_of(done: Any) -> str:
    return done.code if isinstance(done, Refused) else "done"


def test_a_message_is_signed_and_its_gaps_are_filled(gateway: Gateway) -> None:
    assert sms.deliver(PHONE, TEXT, "n-1") == Done(None)
    assert gateway.asked == [expected(gateway, "n-1")]
    assert gateway.faults == []


def test_with_another_secret_nothing_is_sent(gateway: Gateway, settings: Any) -> None:
    settings.SMS_GATEWAY = {**settings.SMS_GATEWAY, "key_secret": "another"}
    assert code_of(sms.deliver(PHONE, TEXT, "n-1")) != "done"
    assert (gateway.asked, gateway.faults) == ([], ["signature"])


def test_a_code_is_handed_over_at_once(gateway: Gateway) -> None:
    gateway.holds = True
    sms.send(PHONE, TEXT)  # returns although the gateway does not answer
    assert gateway.arrived.wait(20)
    gateway.released.set()
    HANDING.submit(lambda: None).result()
    assert gateway.asked == [expected(gateway, "")]


def test_a_text_that_was_not_approved_is_not_sent(gateway: Gateway) -> None:
    assert code_of(sms.deliver(PHONE, f"{SERVICE_NAME}：您的记录有变化。", "n-1")) == "sms_refused"
    assert gateway.asked == []


def test_what_an_answer_means(gateway: Gateway) -> None:
    busy, never = {
        "alibaba": ("isv.BUSINESS_LIMIT_CONTROL", "isv.MOBILE_NUMBER_ILLEGAL"),
        "tencent": (
            "LimitExceeded.PhoneNumberThirtySecondLimit",
            "UnsupportedOperation.ContainDomesticAndInternational",
        ),
    }[gateway.kind]
    gateway.answers = [busy, never]
    assert [code_of(sms.deliver(PHONE, TEXT, str(at))) for at in range(2)] == ["sms_not_taken", "sms_refused"]


def test_nobody_there_is_to_be_tried_again(gateway: Gateway, settings: Any) -> None:
    settings.SMS_GATEWAY = {**settings.SMS_GATEWAY, "address": "http://127.0.0.1:9"}  # discard: nothing listens
    assert code_of(sms.deliver(PHONE, TEXT, "n-1")) == "sms_not_taken"


def test_no_answer_may_mean_that_it_was_sent(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    module = __import__(f"yibao.services.short_messages.{gateway.kind}", fromlist=["x"])
    name, value = ("MILLISECONDS", 300) if gateway.kind == "alibaba" else ("SECONDS", 0.3)
    monkeypatch.setattr(module, name, value)
    gateway.holds = True
    assert code_of(sms.deliver(PHONE, TEXT, "n-1")) == "outcome_unknown"
    assert len(gateway.asked) == 1, "it is not tried again by the library"


def test_the_approved_text_that_says_most_is_taken(tmp_path: Path) -> None:
    file = tmp_path / "approved.json"
    file.write_text(
        json.dumps({"any": "{1}", "two": "{1}的{2}到账了。", "one": "您{1}的账户到账了。"}), encoding="utf-8"
    )
    found = fit(f"{SERVICE_NAME}：您2026年9月的账户到账了。", str(file))
    assert found is not None
    assert (found.id, found.gaps) == ("one", (("1", "2026年9月"),))
    assert fit("x", "") is None
