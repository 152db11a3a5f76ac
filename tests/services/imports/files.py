"""Files of a made-up agency, drawn from a seed; numbers begin 990100, phones 100."""

import csv
import random
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

AREA = "110000"
PEOPLE = ["证件类型", "证件号码", "姓名", "性别", "出生日期", "手机号"]
ENROLMENTS = ["证件号码", "险种", "参保方式", "档次", "单位代码", "开始", "结束"]
CONTRIBUTIONS = ["证件号码", "险种", "费款所属月", "类型", "缴费基数", "个人缴费", "单位缴费", "到账日"]
MOVEMENTS = ["证件号码", "日期", "类型", "金额", "流水号"]

Rows = list[list[str]]


def numbered(at: int) -> str:
    """The made-up certificate number of the person at a place, with its check digit (GB 11643)."""
    seventeen = f"990100{date(1950, 1, 1) + timedelta(at // 900):%Y%m%d}{at % 900 + 100}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return seventeen + "10X98765432"[sum(int(d) * w for d, w in zip(seventeen, weights, strict=True)) % 11]


def people(count: int, first: int = 0) -> Rows:
    drawn = random.Random(first)
    out = []
    for at in range(first, first + count):
        number = numbered(at)
        name = drawn.choice("王李张刘陈杨") + drawn.choice("芳伟娜敏静丽") + drawn.choice("强磊洋艳勇杰")
        born = f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
        phone = f"100{drawn.randrange(10**8):08d}" if drawn.random() < 0.9 else ""
        out.append(["居民身份证", number, name, "女男"[int(number[16]) % 2], born, phone])
    return out


def enrolments(persons: Rows, *, people_of_an_employer: int = 20) -> Rows:
    return [
        [row[1], "职工", "单位职工", "", f"U{at // people_of_an_employer}", "2020-01-01", ""]
        for at, row in enumerate(persons)
    ]


def contributions(persons: Rows, months: Iterable[str]) -> Rows:
    return [
        [row[1], "职工", month, "正常", f"{5000 + at}.00", f"{100 + at}.00", f"{450 + at}.50", f"{month}-15"]
        for month in months
        for at, row in enumerate(persons)
    ]


def months(count: int, year: int = 2021) -> list[str]:
    return [f"{year + at // 12}-{at % 12 + 1:02d}" for at in range(count)]


def movements(persons: Rows, months_: Sequence[str]) -> Rows:
    opening = [[row[1], "2020-12-31", "结转余额", "50.00", f"A{row[1][-6:]}"] for row in persons]
    return opening + [
        [row[1], f"{month}-{day}", kind, amount, f"{kind}{month}"]
        for month in months_
        for day, kind, amount in (("03", "划入", "100.25"), ("20", "消费", "80.10"))
        for row in persons
    ]


def write(file: Path, header: Sequence[str], rows: Rows, encoding: str = "utf-8") -> Path:
    with file.open("w", encoding=encoding, newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(header)
        writer.writerows(rows)
    return file


def write_xlsx(file: Path, header: Sequence[str], rows: Rows, amounts: Sequence[int] = ()) -> Path:
    """As an agency's table is: amounts are numbers and days are days, the rest is text."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(header)
    for row in rows:
        sheet.append([float(cell) if at in amounts else cell for at, cell in enumerate(row)])
    book.save(file)
    return file
