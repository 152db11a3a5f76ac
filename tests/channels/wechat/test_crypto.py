"""Is WeChat's cipher ours, sign by sign? Checked with the samples that WeChat hands out with its own programs."""

import base64

import pytest

from yibao.channels.wechat.crypto import NotForUs, closed, is_signed, opened, signature
from yibao.services import flat_xml

# The sample of 公众平台, demo.py and Sample.cpp of 2014: token spamtest.
KEY, APP_ID, STAMP, NONCE = (
    "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
    "wx2c2769f8efd9abc2",
    "1409735669",
    "1320562132",
)
SIGNED = "5d197aaffba7e9b25a30732f161a50dee96bd5fa"
ENCRYPTED = (
    "hyzAe4OzmOMbd6TvGdIOO6uBmdJoD0Fk53REIHvxYtJlE2B655HuD0m8KUePWB3+LrPXo87wzQ1QLvbeUgmBM4x6F8PGHQHFVAFmOD2LdJF9FrXp"
    "bUAh0B5GIItb52sn896wVsMSHGuPE328HnRGBcrS7C41IzDWyWNlZkyyXwon8T332jisa+h6tEDYsVticbSnyU8dKOIbgU6ux5VTjg3yt+WGzjlp"
    "Kn6NPhRjpA912xMezR4kw6KWwMrCVKSVCZciVGCgavjIQ6X8tCOp3yZbGpy0VxpAe+77TszTfRd5RJSVO/HTnifJpXgCSUdUue1v6h0EIBYYI1BD"
    "1DlD+C0CR8e6OewpusjZ4uBl9FyJvnhvQl+q5rv1ixrcpCumEPo5MJSgM9ehVsNPfUM669WuMyVWQLCzpu9GhglF2PE="
)
# The sample of 企业微信, the same cipher: its padding is 30 signs long, more than one AES block.
KEY_2, ID_2, SIGNED_2 = (
    "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C",
    "wx5823bf96d3bd56c7",
    "477715d11cdb4164915debcba66cb864d751f3e6",
)
ENCRYPTED_2 = (
    "RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3"
    "TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gs"
    "ijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUa"
    "x5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIG"
    "HBZZIs2pDBS8R07+qN+E7Q=="
)


def test_the_signatures_of_the_samples() -> None:
    assert signature("spamtest", STAMP, NONCE, ENCRYPTED) == SIGNED
    assert signature("QDG6eK", "1409659813", "1372623149", ENCRYPTED_2) == SIGNED_2
    assert is_signed(SIGNED, "spamtest", STAMP, NONCE, ENCRYPTED)
    for wrong in ("", SIGNED_2, SIGNED[:-1], SIGNED.upper(), "签名"):
        assert not is_signed(wrong, "spamtest", STAMP, NONCE, ENCRYPTED)


def test_the_samples_open() -> None:
    first = flat_xml.read(opened(ENCRYPTED, KEY, APP_ID))
    assert (first["Content"], first["MsgId"], first["CreateTime"]) == ("abcdteT", "6054768590064713728", "1409735668")
    assert flat_xml.read(opened(ENCRYPTED_2, KEY_2, ID_2))["Content"] == "hello"


def test_the_samples_close_to_the_same_signs() -> None:
    for encrypted, key, app_id, random in (
        (ENCRYPTED, KEY, APP_ID, b"89465c840c5f116f"),
        (ENCRYPTED_2, KEY_2, ID_2, b"0960688932c47ef1"),
    ):
        assert closed(opened(encrypted, key, app_id), key, app_id, random=random) == encrypted


def test_two_ciphertexts_of_one_message_differ() -> None:
    assert closed("一样", KEY, APP_ID) != closed("一样", KEY, APP_ID)


@pytest.mark.parametrize("length", [0, 1, 11, 12, 13, 31, 32, 33, 2000])
def test_every_length_opens_again(length: int) -> None:
    assert opened(closed("汉" * length, KEY, APP_ID), KEY, APP_ID) == "汉" * length


def test_what_is_not_for_us_does_not_open() -> None:
    raw = bytearray(base64.b64decode(ENCRYPTED))
    raw[-1] ^= 1
    bent = base64.b64encode(raw).decode()
    whole = len(base64.b64decode(ENCRYPTED))
    cut = base64.b64encode(base64.b64decode(ENCRYPTED)[: whole - 32]).decode()
    for encrypted, key, app_id in (
        (ENCRYPTED, KEY, "wx2c2769f8efd9abc3"),
        (ENCRYPTED, KEY, ""),
        (ENCRYPTED, KEY_2, APP_ID),
        (bent, KEY, APP_ID),
        (cut, KEY, APP_ID),
        ("", KEY, APP_ID),
        ("不是密文", KEY, APP_ID),
        (ENCRYPTED[:-5], KEY, APP_ID),
    ):
        with pytest.raises(NotForUs):
            opened(encrypted, key, app_id)
