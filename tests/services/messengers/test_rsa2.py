"""Is Alipay's signature and cipher ours? Checked with what Alipay's own programs are tested with, and with openssl."""

import base64
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from yibao.services.messengers import rsa2

# From the tests of alipay-sdk (Node.js): an answer of the real gateway, its signature, and Alipay's key of that app.
PUBLIC = (
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAk7LzhmMa2c4qQd4fqAqenfbuFoA7stPKvoS1LrZEsVnOOGUUjwoa1oU9xsSPjcOWhIer"
    "U/VAN4J95GIAXx59ipcleIyfLn2FhHXPgLJpvo+b2jJFyn/1/DbeJDh+0yDVAOf50Z7HhI0mdUhFMkXlT7BU0ZMtJf/TmISFEfhDU/w6qFd6D42L"
    "97byAkq0K6LroglSVF24GqJEa7hSeUIkZWj7RasykXrc2uVJ1+ejkXE0LyPxa2AHykMGbJLf5SiZvaNzUZgnKIR36mLOHpQ/2JCXxhXZYUWHzy0k"
    "MH54JcUEeksFWBYLGvLjV1phbcUIc3Q76tIuqApY6E222OoZZQIDAQAB"
)
ANSWER = '{"code":"10000","msg":"Success","file_id":"CAxAToWB1JsAAAAAAAAAAAAADgSLAQBr"}'
SIGN = (
    "F+LDzpTNiavn7xVZPGuPCSSVRSmWzJGgtuji6tVELGEaqMaNj0jRKXUEr5nloZJBBmwEnddOyCjjepMmrTKTvoOqQ0Efxpr/R1iEeHTHVbb/Q8TT"
    "h6Up5gHJDkILdaWS2q1cWeQ6VT+HQY9P3WRXS7uhILHuDODIhpAyCu5KhWGt0rMCIG+Im6NODJP2oohtSCtmTFXg58HH587Z2y2bdbjzOxLvzD9I"
    "rU1imghXQ2S/Q+wMIvRk9on6cWnBLkrNvJKapA2ReNGWOwyuASvB9zDVzhMPbR+3mfRGkVDxsq5HYLjBKGskJMXHw0HuugZij6ScRuaLPODhmHwr"
    "/pJ9yw=="
)
# From the tests of alipay-easysdk (Java, PHP, C#).
CONTENT_KEY, CONTENT, CONTENT_PLAIN = "aa4BtZ4tspm2wnXLb1ThQA==", "ILpoMowjIQjfYMR847rnFQ==", "test1234567"


def key_file(folder: Path, text: str) -> str:
    file = folder / "key"
    file.write_text(text)
    return str(file)


@pytest.mark.parametrize("wrapped", [False, True])
def test_an_answer_of_the_real_gateway_is_genuine(tmp_path: Path, wrapped: bool) -> None:
    text = f"-----BEGIN PUBLIC KEY-----\n{PUBLIC}\n-----END PUBLIC KEY-----\n" if wrapped else PUBLIC
    key = rsa2.public_key(key_file(tmp_path, text))
    assert rsa2.is_signed(ANSWER, SIGN, key)
    for answer, sign in ((ANSWER + " ", SIGN), (ANSWER, SIGN[4:]), (ANSWER, ""), (ANSWER, "签名"), (ANSWER, "AAAA")):
        assert not rsa2.is_signed(answer, sign, key)


def test_content_of_their_sample() -> None:
    assert rsa2.decrypted(CONTENT, CONTENT_KEY) == CONTENT_PLAIN
    assert rsa2.encrypted(CONTENT_PLAIN, CONTENT_KEY) == CONTENT
    with pytest.raises(ValueError):
        rsa2.decrypted(CONTENT, base64.b64encode(bytes(16)).decode())


def test_openssl_takes_our_signature(tmp_path: Path) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("no openssl on this machine: our signature was not read by another program")
    key = rsa.generate_private_key(65537, 2048)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )
    ours = rsa2.private_key(key_file(tmp_path, private.decode()))
    text = rsa2.to_sign({"charset": "GBK", "biz_content": "医保", "app_id": "1", "sign": "x", "sign_type": "RSA2"})
    (tmp_path / "signature").write_bytes(base64.b64decode(rsa2.signed(text, ours, "gbk")))
    (tmp_path / "text").write_bytes("app_id=1&biz_content=医保&charset=GBK&sign_type=RSA2".encode("gbk"))
    public = base64.b64decode(rsa2.told_public(ours))
    (tmp_path / "public").write_bytes(public)
    command = ["openssl", "dgst", "-sha256", "-keyform", "DER", "-verify", tmp_path / "public"]
    told = subprocess.run([*command, "-signature", tmp_path / "signature", tmp_path / "text"], capture_output=True)
    assert told.stdout == b"Verified OK\n"
