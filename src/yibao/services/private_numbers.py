"""Which numbers in a text belong to a person? They are shown masked and never spoken.

Identity cards of the mainland (15 and 18 digits), residence permits, passports and travel permits, mobile telephones,
cards of banks, and any other long row of digits, with blanks or hyphens between their groups too.
"""

import re

_FULL_WIDTH = str.maketrans("０１２３４５６７８９Ｘｘ－", "0123456789Xx-")
_EDGE, _END = r"(?<![0-9A-Za-z.,])", r"(?![0-9A-Za-z])"
_KINDS = (
    r"\d{6}[ -]?\d{8}[ -]?\d{3}[\dXx]",  # an identity card, with its birthday apart
    r"\d{4}(?:[ -]\d{4}){2,4}(?:[ -]?\d{1,3}[Xx]?)?",  # groups of four
    r"1[3-9]\d[ -]?\d{4}[ -]?\d{4}",  # a mobile telephone
    r"[A-Za-z]{1,2}\d{7,9}",  # a passport, a travel permit
    r"\d{1,6}\*{2,}\d{1,4}[Xx]?",  # one of these, masked already
    r"\d{9,}[Xx]?",
)
PRIVATE = re.compile(_EDGE + "(?:" + "|".join(_KINDS) + ")" + _END)
_MOBILE, _CARD = 11, 15


def digits_plain(text: str) -> str:
    """A text with full-width digits made ordinary.

    >>> digits_plain("６９岁")
    '69岁'
    """
    return text.translate(_FULL_WIDTH)


def masked(text: str) -> str:
    """A text in which nobody's number can be read: of each its first and last four places, of a mobile 3 and 4.

    >>> masked("我的号是11010519491231002X，电话138 1234 5678，应该是1,234.56元")
    '我的号是1101**********002X，电话138****5678，应该是1,234.56元'
    """
    return PRIVATE.sub(lambda found: _stars(found[0]), digits_plain(text))


def _stars(number: str) -> str:
    plain = re.sub(r"[ -]", "", number)
    if "*" in plain:
        return plain
    first, last = (3, 4) if len(plain) == _MOBILE and plain.isdigit() else (4, 4) if len(plain) >= _CARD else (2, 2)
    return plain[:first] + "*" * (len(plain) - first - last) + plain[-last:]
