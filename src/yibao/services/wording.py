"""Words that every channel shares: the service's name, its grades of proof, its roundings, its telephone."""

from typing import NamedTuple

SERVICE_NAME = "医保明白账"
HOTLINE = "12393"
ASK = {
    "12393": "可以打医保服务热线 12393 问（外地拨区号加 12393）。",
    "12333": "可以打人社服务热线 12333 问（外地拨区号加 12333）。",
}
"""Whom to ask, by the office that answers for a topic."""
BEWARE = "当心："
"""Begins a caveat that warns of something."""
MISREAD = "您可能读到过："
"""Begins a caveat that tells what is written elsewhere and what is right."""
ROUNDINGS = {"half_up": "四舍五入", "half_up_fen": "四舍五入到分"}


class Grade(NamedTuple):
    """How well a value is proven, in a word, and what that means in a sentence."""

    word: str
    meaning: str


GRADES = {  # the best first: a computed value takes the last one of its inputs
    "official": Grade("官方原文", "发文机关公布的原文，我们读到了。"),
    "reported": Grade("据报道", "新闻或转载里是这样写的，发文机关的原件我们没有读到。"),
    "unverified": Grade("未核实", "有人这样说，还没有找到能证实的文件。只能参考，别拿它作决定。"),
}


def code_groups(code: str) -> str:
    """A verification code in groups of four, as it is read aloud and typed.

    >>> code_groups("0123456789abcdefghjkmnpqrs")
    '0123-4567-89AB-CDEF-GHJK-MNPQ-RS'
    """
    plain = code.replace("-", "").replace(" ", "").upper()
    return "-".join(plain[start : start + 4] for start in range(0, len(plain), 4))
