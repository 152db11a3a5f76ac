"""Push messages as the RFCs write them down: the example of RFC 8291, appendix A, and the signature of RFC 8292."""

import base64
import json
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils

from yibao.services.notices import web_push
from yibao.services.results import Done, Refused

# RFC 8291, section 5 and appendix A
PLAIN = b"When I grow up, I want to be a watermelon"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
SENDER_PRIVATE = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
SENDER_PUBLIC = "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8"
RECEIVER_PUBLIC = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
SECRET = "BTBZMqHH6r4Tts7J_aSIgg"
MESSAGE = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
    "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
    "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def number(text: str) -> int:
    return int.from_bytes(web_push.decoded(text), "big")


def subscription(endpoint: str = "https://push.example.net/push/1") -> web_push.Subscription:
    return web_push.Subscription(endpoint, RECEIVER_PUBLIC, SECRET)


def test_the_example_of_rfc_8291() -> None:
    own = ec.derive_private_key(number(SENDER_PRIVATE), ec.SECP256R1())
    assert web_push.encoded(web_push.point_of(own)) == SENDER_PUBLIC
    made = web_push.encrypted(PLAIN, subscription(), web_push.decoded(SALT), own)
    assert web_push.encoded(made) == MESSAGE


def test_the_token_says_who_sends_to_whom_and_is_signed(settings: Any) -> None:
    settings.WEB_PUSH_CONTACT = "mailto:ops@agency.example"
    told = web_push.authorization("https://push.example.net:8443/push/1?a=b", 1_700_000_000)
    scheme, _, rest = told.partition(" ")
    parts = dict(part.split("=", 1) for part in rest.split(", "))
    assert (scheme, parts["k"]) == ("vapid", web_push.public_key())
    head, body, signature = parts["t"].split(".")
    assert json.loads(web_push.decoded(head)) == {"typ": "JWT", "alg": "ES256"}
    assert json.loads(web_push.decoded(body)) == {
        "aud": "https://push.example.net:8443",
        "exp": 1_700_000_000 + 12 * 3600,
        "sub": "mailto:ops@agency.example",
    }
    raw = web_push.decoded(signature)
    assert len(raw) == 64
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), web_push.decoded(parts["k"]))
    der = utils.encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    key.verify(der, f"{head}.{body}".encode(), ec.ECDSA(hashes.SHA256()))


def told(**changed: Any) -> dict[str, Any]:
    held = {"endpoint": "https://fcm.googleapis.com/fcm/send/x", "keys": {"p256dh": RECEIVER_PUBLIC, "auth": SECRET}}
    return {**held, **changed}


def test_a_browser_of_a_known_push_service_is_taken() -> None:
    for host in ("fcm.googleapis.com", "wns2-by3p.notify.windows.com", "web.push.apple.com"):
        assert isinstance(web_push.checked(told(endpoint=f"https://{host}/x")), Done)


@pytest.mark.parametrize(
    "wrong",
    [
        told(endpoint="https://database.internal/x"),  # a server of ours would be asked
        told(endpoint="http://fcm.googleapis.com/x"),
        told(endpoint="https://fcm.googleapis.com@evil.example/x"),
        told(endpoint="https://fcm.googleapis.com.evil.example/x"),
        told(endpoint="https://fcm.googleapis.com:99999/x"),
        told(endpoint="https://evilnotify.windows.com/x"),
        told(endpoint=7),
        told(keys={"p256dh": RECEIVER_PUBLIC, "auth": SECRET[:-2]}),
        told(keys={"p256dh": base64.b64encode(bytes(65)).decode(), "auth": SECRET}),
        told(keys=None),
        [],
        None,
    ],
)
def test_what_is_no_subscription_is_refused(wrong: Any) -> None:
    refused = web_push.checked(wrong)
    assert isinstance(refused, Refused)
    assert refused.code == "push_not_understood"
