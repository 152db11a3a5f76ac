"""With which accounts does this installation speak on WeChat and Alipay? From the environment; none, no channel.

YIBAO_WECHAT_APP_ID      the AppID of the official account, wx…
YIBAO_WECHAT_SECRET      its AppSecret
YIBAO_WECHAT_TOKEN       the token that signs callbacks, as it was typed at 服务器配置
YIBAO_WECHAT_AES_KEY     the EncodingAESKey of 43 signs; the mode there must be 安全模式
YIBAO_WECHAT_TEMPLATES   JSON: which template a notice is sent with, and which of its fields takes what
YIBAO_ALIPAY_APP_ID      the APPID of the life account (生活号)
YIBAO_ALIPAY_PRIVATE_KEY the file of our own RSA key, 2048 bits or more
YIBAO_ALIPAY_PUBLIC_KEY  the file of Alipay's public key for this application
YIBAO_ALIPAY_AES_KEY     the key of 接口内容加密, where it is switched on
YIBAO_ALIPAY_TEMPLATES   as for WeChat
YIBAO_ALIPAY_SANDBOX     1: Alipay's sandbox in place of the real one
"""

from __future__ import annotations

import os
from typing import Any

_SANDBOX = os.environ.get("YIBAO_ALIPAY_SANDBOX", "") == "1"

WECHAT: dict[str, Any] = {
    "app_id": os.environ.get("YIBAO_WECHAT_APP_ID", ""),
    "secret": os.environ.get("YIBAO_WECHAT_SECRET", ""),
    "token": os.environ.get("YIBAO_WECHAT_TOKEN", ""),
    "aes_key": os.environ.get("YIBAO_WECHAT_AES_KEY", ""),
    "templates": os.environ.get("YIBAO_WECHAT_TEMPLATES", ""),
    "api": "https://api.weixin.qq.com",
    "page": "https://open.weixin.qq.com/connect/oauth2/authorize",
}
ALIPAY: dict[str, Any] = {
    "app_id": os.environ.get("YIBAO_ALIPAY_APP_ID", ""),
    "private_key": os.environ.get("YIBAO_ALIPAY_PRIVATE_KEY", ""),
    "public_key": os.environ.get("YIBAO_ALIPAY_PUBLIC_KEY", ""),
    "aes_key": os.environ.get("YIBAO_ALIPAY_AES_KEY", ""),
    "templates": os.environ.get("YIBAO_ALIPAY_TEMPLATES", ""),
    "api": f"https://openapi{'-sandbox.dl.alipaydev' if _SANDBOX else '.alipay'}.com/gateway.do",
    "page": f"https://openauth{'-sandbox.dl.alipaydev' if _SANDBOX else '.alipay'}.com/oauth2/publicAppAuthorize.htm",
}
