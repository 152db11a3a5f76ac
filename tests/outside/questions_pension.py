"""What must be shown, second part: the retirement age, pensions, years of contributions, from the law's tables."""

from tests.outside.questions import Question, half_up

RETIREMENT = [  # born, group, months of delay, age, retires: every row of the law's worked examples
    ("1964-12", "M", 0, (60, 0), "2024-12"),
    ("1965-01", "M", 1, (60, 1), "2025-02"),
    ("1965-04", "M", 1, (60, 1), "2025-05"),
    ("1965-05", "M", 2, (60, 2), "2025-07"),
    ("1970-06", "M", 17, (61, 5), "2031-11"),
    ("1976-08", "M", 35, (62, 11), "2039-07"),
    ("1976-09", "M", 36, (63, 0), "2039-09"),
    ("1970-01", "F55", 1, (55, 1), "2025-02"),
    ("1971-04", "F55", 4, (55, 4), "2026-08"),
    ("1971-10", "F55", 6, (55, 6), "2027-04"),
    ("1981-09", "F55", 36, (58, 0), "2039-09"),
    ("1975-01", "F50", 1, (50, 1), "2025-02"),
    ("1975-03", "F50", 2, (50, 2), "2025-05"),
    ("1980-05", "F50", 33, (52, 9), "2033-02"),
    ("1984-10", "F50", 59, (54, 11), "2039-09"),
    ("1984-11", "F50", 60, (55, 0), "2039-11"),
]
GROUPS = {"M": ("male", "60"), "F55": ("female", "55"), "F50": ("female", "50")}

DIVISORS = {  # 计发月数, the annex of 国发〔2005〕38号
    40: 233, 41: 230, 42: 226, 43: 223, 44: 220, 45: 216, 46: 212, 47: 208, 48: 204, 49: 199, 50: 195, 51: 190, 52: 185,
    53: 180, 54: 175, 55: 170, 56: 164, 57: 158, 58: 152, 59: 145, 60: 139, 61: 132, 62: 125, 63: 117, 64: 109, 65: 101,
    66: 93, 67: 84, 68: 75, 69: 65, 70: 56,
}  # fmt: skip
PART_AGES = [("60y1m", 138_4), ("50y1m", 194_6), ("62y10m", 118_3)]  # in tenths


def retirement_ages() -> list[Question]:
    """Every row of the examples; the day of the month does not matter."""
    out = []
    for born, group, delay, (years, months), retires in RETIREMENT:
        sex, old_age = GROUPS[group]
        facts = {"sex": sex, "old_age": old_age, "born": f"{born}-15"}
        figures = {"delay_months": delay, "retirement_age_months": years * 12 + months, "retires_on": retires}
        out.append(Question("retirement-age", "北京", "2025-06-01", facts, figures))
    return out


def least_months(year: int) -> int:
    """180 months, from 2030 on six more every year, 240 at most."""
    return min(240, 180 + 6 * max(year - 2029, 0))


def pensions() -> list[Question]:
    """The whole table of divisors, part ages, two official slips and the least years."""
    out = []
    for age, divisor in DIVISORS.items():  # a balance of 10,000 yuan for each month of the divisor pays 10,000 a month
        figures = {"minimum_pension_months": least_months(2025), "account_pension": 10_000_00}
        facts = {"age": str(age), "balance": str(10_000 * divisor)}
        out.append(Question("pension", "北京", "2025-06-01", facts, figures))
    for age, tenths in PART_AGES:
        figures = {"account_pension": 10_000_00}
        facts = {"age": age, "balance": str(1_000 * tenths)}
        out.append(Question("pension", "北京", "2025-06-01", facts, figures))
    for year in range(2029, 2040):
        figures = {"minimum_pension_months": least_months(year)}
        out.append(Question("pension", "北京", "2025-06-01", {"retired_on": f"{year}-06"}, figures))
    return [*out, *slips()]


def slips() -> list[Question]:
    """Two official slips: the area is in 四川, whose wage base is given."""
    a = {
        "basic_pension": half_up((8_079_00 + half_up(8_079_00 * 84, 100)) * 17_33, 2 * 100 * 100),
        "account_pension": half_up(91_147_87, 195),
    }
    b = {
        "basic_pension": half_up((8_462_00 + half_up(8_462_00 * 872, 1000)) * 43_08, 2 * 100 * 100),
        "account_pension": half_up(111_640_05 * 10, 138_4),
    }
    first = {"wage": "8079", "index": "0.84", "months": "208", "balance": "91147.87", "age": "50"}
    second = {"wage": "8462", "index": "0.872", "months": str(43 * 12 + 1), "balance": "111640.05", "age": "60y1m"}
    return [
        Question("pension", "成都", "2024-04-01", first, {**a, "pension": a["basic_pension"] + a["account_pension"]}),
        Question("pension", "成都", "2025-12-01", second, {**b, "pension": b["basic_pension"] + b["account_pension"]}),
    ]


PRINTED_ON_THE_SLIPS = [(1_288_08, 467_42), (3_412_12, 806_65)]
"""Basic pension and account pension as the two slips show them."""


def years() -> list[Question]:
    """Years of contributions where an area has a number."""
    man = {"sex": "male", "paid_months": "200", "deemed_months": "10"}
    woman = {"sex": "female", "retires": "2030-01", "paid_months": "280", "deemed_months": "0", "local_months": "100"}
    return [
        Question("contribution-years", "北京", "2025-06-01", man,
                 {"required_months": 25 * 12, "missing_months": 25 * 12 - 200 - 10}),
        Question("contribution-years", "重庆", "2025-06-01", man,
                 {"required_months": 30 * 12, "missing_months": 30 * 12 - 200 - 10,
                  "required_paid_months": 10 * 12, "missing_paid_months": max(10 * 12 - 200, 0)}),
        Question("contribution-years", "深圳", "2025-06-01", woman,
                 {"required_months": 25 * 12, "missing_months": 25 * 12 - 280,
                  "required_local_months": 10 * 12, "missing_local_months": 10 * 12 - 100}),
    ]  # fmt: skip
