"""Is this the number of a certificate or a phone, and how is it written and shown (证件号码, 手机号)?

GB 11643—1999: 17 digits and a check digit (ISO 7064, MOD 11-2), computed by python-stdnum. The places of birth that
python-stdnum knows are not asked: codes of counties that are gone are on certificates still in use.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from stdnum.cn.ric import calc_check_digit

from yibao.books.people.models import CertificateType
from yibao.services.results import Done, Refused, RefusedError

MADE_UP_NUMBER, MADE_UP_PHONE = "9901", "100"
"""How the numbers of made-up people begin: no place and no mobile network has these."""
PROVINCES = frozenset(
    str(number)
    for region in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65))
    for number in range(region[0], region[1] + 1)
)
"""The provinces of GB/T 2260 by their first two digits, region by region."""
RESIDENCE_PERMIT_PLACES = ("810000", "820000", "830000")  # 香港, 澳门, 台湾
DASHES = re.compile(r"[\s\-‐‑‒–—―−－﹣_·.]")
TIDY = re.compile(r"[0-9]{17}[0-9X]")
MOBILE = re.compile(r"1[3-9][0-9]{9}")
MADE_UP_MOBILE = re.compile(MADE_UP_PHONE + r"[0-9]{8}")


def normalised(text: str) -> str:
    """A number as it is indexed: no blanks and hyphens, ordinary characters for full-width ones, capitals.

    >>> normalised("１１０１０１ 19900307 - 123x")
    '11010119900307123X'
    """
    if TIDY.fullmatch(text):
        return text
    return DASHES.sub("", unicodedata.normalize("NFKC", text)).upper()


def checked_certificate(type_: str, number: str, *, demo: bool) -> Done[str] | Refused:
    """The normalised number, or why it cannot be one of its type; made-up numbers are numbers only of a demo."""
    tidy = normalised(number)
    try:
        if not tidy:
            raise RefusedError("certificate_number_missing", "没有写证件号码，请补上。")
        match type_:
            case CertificateType.RESIDENT_ID:
                _check_resident_id(tidy, demo)
            case CertificateType.RESIDENCE_PERMIT:
                _check_residence_permit(tidy)
            case CertificateType.PASSPORT:
                _check_passport(tidy)
            case CertificateType.FOREIGN_PERMIT:
                _check_foreign_permit(tidy)
            case _:
                known = "、".join(CertificateType.labels)
                raise RefusedError("certificate_type_unknown", f"没有这种证件类型，请写：{known}。")
    except RefusedError as error:
        refused = error.refused
        return Refused(refused.code, refused.message, refused.next, "certificate_number")
    return Done(tidy)


def told_by(type_: str, number: str) -> tuple[date, int] | None:
    """The day of birth and the sex (yibao.law.values.Sex) in a checked number; None where the number tells neither."""
    if type_ in (CertificateType.RESIDENT_ID, CertificateType.RESIDENCE_PERMIT):
        return _born(number), int(number[16]) % 2
    return None


def checked_phone(number: str, *, demo: bool) -> Done[str] | Refused:
    """The normalised mobile number, or why it cannot be one."""
    tidy = normalised(number).removeprefix("+86")
    if len(tidy) == 13 and tidy.startswith("86"):
        tidy = tidy[2:]
    if MADE_UP_MOBILE.fullmatch(tidy):
        if demo:
            return Done(tidy)
        return Refused("phone_is_made_up", "100开头的是演示用的号码，请写真实的手机号。", field="phone")
    if MOBILE.fullmatch(tidy):
        return Done(tidy)
    return Refused("phone_wrong_form", "手机号应是11位数字，以13到19开头，请核对。", field="phone")


def masked(number: str) -> str:
    """A number as it may be shown: the first and the last four characters, two of a short one.

    >>> masked("990100196503071234"), masked("E12345678"), masked("10012345678")
    ('9901**********1234', 'E1*****78', '100****5678')
    """
    if len(number) == 11 and number.isdecimal():
        return number[:3] + "****" + number[-4:]
    shown = 4 if len(number) > 11 else min(2, len(number) // 3)
    return number[:shown] + "*" * (len(number) - 2 * shown) + number[len(number) - shown :]


def masked_name(name: str) -> str:
    """A name as it may be shown.

    >>> masked_name("周芳"), masked_name("周小芳"), masked_name("欧阳小芳")
    ('周*', '周*芳', '欧**芳')
    """
    if len(name) < 3:
        return name[:1] + "*" * (len(name) - 1)
    return name[0] + "*" * (len(name) - 2) + name[-1]


def _check_resident_id(number: str, demo: bool) -> None:
    _check_18(number)
    made_up = number.startswith(MADE_UP_NUMBER)
    if number[:6] in RESIDENCE_PERMIT_PLACES:
        raise RefusedError("certificate_of_another_type", "81、82、83开头的是港澳台居民居住证，请把证件类型改成它。")
    if made_up and not demo:
        raise RefusedError("certificate_is_made_up", "9901开头的是演示用的号码，请写真实的证件号码。")
    if not made_up and number[:2] not in PROVINCES:
        raise RefusedError("certificate_number_wrong_form", "身份证号码的前两位不是任何一个省份，请核对。")
    _born(number)


def _check_residence_permit(number: str) -> None:
    _check_18(number)
    if number[:6] not in RESIDENCE_PERMIT_PLACES:
        message = "港澳台居民居住证的号码以810000、820000或830000开头，请核对号码和证件类型。"
        raise RefusedError("certificate_number_wrong_form", message)
    _born(number)


def _check_passport(number: str) -> None:
    if not re.fullmatch(r"(?=.*[0-9])[A-Z0-9]{5,15}", number):
        message = "护照号码由5到15个字母和数字组成，至少有一个数字，请核对。"
        raise RefusedError("certificate_number_wrong_form", message)


def _check_foreign_permit(number: str) -> None:
    """The older card: 3 letters of the country and 12 digits. The newer one: 18 digits, beginning with 9."""
    if re.fullmatch(r"[A-Z]{3}[0-9]{12}", number):
        return
    if len(number) != 18 or not number.startswith("9") or number[1:3] not in PROVINCES:
        message = "外国人永久居留身份证的号码是3个字母加12位数字，或者9开头的18位数字，请核对。"
        raise RefusedError("certificate_number_wrong_form", message)
    _check_18(number)
    _born(number)


def _check_18(number: str) -> None:
    if re.fullmatch(r"[0-9]{15}", number):
        raise RefusedError("certificate_number_is_15_digits", "15位的老号码已经停用，请写18位的号码。")
    if len(number) != 18:
        message = f"证件号码应是18位，这里是{len(number)}位，请核对。"
        raise RefusedError("certificate_number_wrong_length", message)
    if not TIDY.fullmatch(number):
        message = "证件号码的前17位应是数字，最后一位是数字或X，请核对。"
        raise RefusedError("certificate_number_wrong_form", message)
    if calc_check_digit(number) != number[-1]:
        message = "证件号码的最后一位（校验位）对不上，多半是写错了一位，请核对。"
        raise RefusedError("certificate_check_digit_wrong", message)


def _born(number: str) -> date:
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        message = "证件号码第7到14位应是出生日期，没有这一天，请核对。"
        raise RefusedError("certificate_birth_day_impossible", message) from None
