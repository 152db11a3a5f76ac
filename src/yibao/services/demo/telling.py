"""What is told of a finished demo: how large it is, what it assumes, and with whose numbers one signs in."""

from __future__ import annotations

from yibao.law.areas import find
from yibao.services.demo.made import ASSUMED, Made
from yibao.services.demo.sign_ins import sign_ins


def told(made: Made) -> list[str]:
    """The lines about a demo that was made just now, or was there."""
    name = find(made.area).name
    head = f"{name}的演示{'早已建好' if made.was_there else '建好了'}：{made.people}人，"
    months = f"缴费记录{made.first:%Y-%m}到{made.until:%Y-%m}，个人账户从{made.opens:%Y-%m}开账。"
    return [head + months, "演示数据，非官方。" + "".join(ASSUMED), *how_to_sign_in(made.area)]


def how_to_sign_in(area: str) -> list[str]:
    """Three made-up people to sign in as; none where the area has no finished demo."""
    people = sign_ins(area)
    if not people:
        return []
    head = f"{find(area).name}演示登录（人是编的；验证码打印在这个窗口里 · made up; codes are printed here）："
    return [head, *(f"  {one.words}  证件号码 {one.number}  姓名 {one.name}  手机号 {one.phone}" for one in people)]
