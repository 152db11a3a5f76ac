"""Reading what people type: amounts, ages, days, months, with blanks, commas, full-width digits and Chinese units."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from yibao.law.values import month_number
from yibao.services.results import RefusedError

LARGEST_YUAN = 1_000_000_000


def clean(text: str) -> str:
    """The text with full-width characters made ordinary and blanks taken out."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def decimal(text: str, places: int, field: str, label: str, example: str) -> int:
    """A number with at most `places` decimals, as an integer of the last place; never negative.

    >>> decimal("8,000.5", 2, "base", "缴费基数", "8000")
    800050
    """
    tidy = clean(text).replace(",", "").removeprefix("¥").removesuffix("元")
    if tidy.startswith(("-", "−")):
        raise RefusedError("negative_amount", f"{label}不能是负数，请填0或者正数，例如 {example}。", field=field)
    match = re.fullmatch(r"(\d{1,12})(?:\.(\d+))?(万)?", tidy)
    if not match:
        raise RefusedError("not_a_number", f"看不懂{label}“{text[:20]}”，请只填数字，例如 {example}。", field=field)
    whole, rest, myriad = match.groups()
    places_now = places + 4 if myriad else places
    digits = (rest or "").rstrip("0")
    if len(digits) > places_now:
        raise RefusedError("too_many_decimals", f"{label}最多写到小数点后{places}位，例如 {example}。", field=field)
    value = int(whole + digits.ljust(places_now, "0"))
    if value > LARGEST_YUAN * 10**places:
        raise RefusedError("amount_too_large", f"{label}太大了，请检查是不是多打了几个零。", field=field)
    return value


def whole(text: str, low: int, high: int, field: str, label: str, unit: str) -> int:
    """A whole number within bounds.

    >>> whole("１２", 0, 100, "stay", "第几次住院", "次")
    12
    """
    tidy = clean(text).removesuffix(unit) if unit else clean(text)
    if not re.fullmatch(r"-?\d{1,6}", tidy):
        raise RefusedError("not_a_number", f"看不懂{label}“{text[:20]}”，请填一个整数。", field=field)
    value = int(tidy)
    if not low <= value <= high:
        raise RefusedError(
            f"{field}_out_of_range",
            f"{label}要在{low}到{high}{unit}之间，您填的是{value}{unit}，请改一下。",
            field=field,
        )
    return value


def months(text: str, field: str, label: str) -> int:
    """A length of time in months: `300`, `25年`, `12年6个月`, `12y6m`.

    >>> months("12年6个月", "paid_months", "已缴"), months("300", "paid_months", "已缴")
    (150, 300)
    """
    tidy = clean(text).lower().replace("个", "")
    match = re.fullmatch(r"(?:(\d{1,3})(?:年|y))?(?:(\d{1,4})(?:月|m)?)?", tidy)
    if not tidy or not match:
        message = f"看不懂{label}“{text[:20]}”，请填月数，或者像“12年6个月”这样写。"
        raise RefusedError("not_a_length", message, field=field)
    value = int(match[1] or 0) * 12 + int(match[2] or 0)
    if value > 1200:
        raise RefusedError(f"{field}_out_of_range", f"{label}超过了100年，请检查一下。", field=field)
    return value


def age(text: str, field: str, label: str) -> int:
    """An age in months: `69`, `61y5m`, `61岁5个月`.

    >>> age("61岁5个月", "age", "年龄"), age("69", "age", "年龄")
    (737, 828)
    """
    tidy = clean(text).lower().replace("个", "").replace("周", "")
    match = re.fullmatch(r"(-?\d{1,4})(?:岁|y)?(?:(\d{1,2})(?:月|m))?", tidy)
    if not match or int(match[2] or 0) > 11:
        raise RefusedError("not_an_age", f"看不懂{label}“{text[:20]}”，请像“69”或“61岁5个月”这样写。", field=field)
    years = int(match[1])
    if not 0 <= years <= 130:
        raise RefusedError(
            "age_out_of_range", f"{label}要在0到130岁之间，您填的是{years}岁，请填实际周岁。", field=field
        )
    return years * 12 + int(match[2] or 0)


def _parts(text: str) -> list[int]:
    tidy = clean(text)
    if re.fullmatch(r"\d{8}", tidy):
        tidy = f"{tidy[:4]}-{tidy[4:6]}-{tidy[6:]}"
    elif re.fullmatch(r"\d{6}", tidy):
        tidy = f"{tidy[:4]}-{tidy[4:]}"
    return [int(part) for part in re.findall(r"\d+", tidy)] if re.fullmatch(r"[\d年月日号./-]+", tidy) else []


def day(text: str, field: str, label: str) -> date:
    """A day: 2025-3-1, 20250301, 2025年3月1日.

    >>> day("２０２５年３月１日", "on", "日期")
    datetime.date(2025, 3, 1)
    """
    parts = _parts(text)
    if len(parts) != 3:
        message = f"看不懂{label}“{text[:20]}”，请像“2025-03-01”或“2025年3月1日”这样写。"
        raise RefusedError("not_a_day", message, field=field)
    try:
        found = date(*parts)
    except (ValueError, OverflowError):
        year, month, last = (str(part)[:6] for part in parts)
        message = f"没有{year}年{month}月{last}日这一天，请检查{label}。"
        raise RefusedError("impossible_day", message, field=field) from None
    if not 1900 <= found.year <= 2199:
        raise RefusedError("day_out_of_range", f"{label}要在1900年到2199年之间，请检查一下。", field=field)
    return found


def month(text: str, field: str, label: str) -> int:
    """The number of a calendar month: 2031-11, 2031年11月, or the month of a whole day.

    >>> month("2031年11月", "retires", "退休年月") == 2031 * 12 + 10
    True
    """
    parts = _parts(text)
    if len(parts) == 3:
        parts = [day(text, field, label).year, day(text, field, label).month]
    if len(parts) != 2:
        message = f"看不懂{label}“{text[:20]}”，请像“2031-11”或“2031年11月”这样写。"
        raise RefusedError("not_a_month", message, field=field)
    if not (1900 <= parts[0] <= 2199 and 1 <= parts[1] <= 12):
        raise RefusedError("impossible_month", f"没有这样的年月“{text[:20]}”，请检查{label}。", field=field)
    return month_number(parts[0], parts[1])


def full_years(born: date, on: date) -> int:
    """Full years of age on a day; one born on 29 February completes a year on 1 March.

    >>> full_years(date(1955, 6, 30), date(2025, 6, 30)), full_years(date(1955, 7, 1), date(2025, 6, 30))
    (70, 69)
    """
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
