"""Strings that nobody means as a question: random and hostile ones, made from a seed."""

from collections.abc import Callable
from random import Random

PLACES = ("北京", "朝阳", "绍兴", "吉林", "香港", "全国", "海南", "拉萨", "bei jing", "臺北", "浦东新区", "成都")
TOPICS = ("返多少钱", "住院报多少", "断缴", "套现", "几岁退休", "醫保轉移", "yi bao ka", "生育津贴", "余额", "补缴")
NUMBERS = (
    "0", "-1", "1e308", "NaN", "∞", "９９９９９９９９９９", "3.14.15", "二〇二五", "一亿亿亿", "½", "零", "负三",
    "百百百", "0x7f", "1/0", "٣", "Ⅻ", "9" * 40, "9" * 4000, "廿廿", "半", "两", "3万亿", "0.0000001",
)  # fmt: skip
FACTS = (
    "{}岁", "交了{}年", "断了{}个月", "花了{}元", "基数{}", "退休金{}", "{}年{}月{}日出生", "{}年{}月退休",
    "第{}次住院", "视同{}年", "连续交了{}个月", "本地交了{}年", "{}年", "{}元", "{}万", "{}年半", "年满{}周岁",
)  # fmt: skip
INJECTIONS = (
    "' OR 1=1 --", "\"; DROP TABLE ledger; --", "<script>alert(1)</script>", "{{ settings.SECRET_KEY }}", "{% debug %}",
    "${jndi:ldap://x}", "../../etc/passwd", "%00%0a", "<img src=x onerror=y>", "&lt;b&gt;&#60;", "\\x00\\",
    "`id`", "$(id)", "]]>", "<!--", "{0.__class__}", "%s%n%d", "__import__('os')", "\r\nSet-Cookie: a=b", "(?:a+)+$",
    "[[:alpha:]]", "NULL", "<a" * 300, "&" * 300, "<" * 500 + ">",
)  # fmt: skip
RANGES = (
    (0, 0x1F), (0x7F, 0x9F), (0x20, 0x7E), (0x600, 0x6FF), (0x590, 0x5FF), (0x200B, 0x200F), (0x202A, 0x202E),
    (0x2066, 0x2069), (0x300, 0x36F), (0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0xD800, 0xDFFF),
    (0xE000, 0xF8FF), (0xFE00, 0xFE0F), (0xFF00, 0xFFEF), (0x1F300, 0x1FAFF), (0xE0000, 0xE007F), (0, 0x10FFFF),
)  # fmt: skip


def characters(drawn: Random) -> str:
    """Characters of one or two scripts, control and format ones, halves of pairs and unassigned ones among them."""
    ranges = drawn.sample(RANGES, drawn.randint(1, 2))
    return "".join(chr(drawn.randint(*drawn.choice(ranges))) for _ in range(drawn.randint(0, 120)))


def told(drawn: Random) -> str:
    """Facts with numbers that cannot be, beside a place and a task."""
    facts = [drawn.choice(FACTS).replace("{}", drawn.choice(NUMBERS)) for _ in range(drawn.randint(1, 4))]
    parts = [drawn.choice(PLACES), drawn.choice(TOPICS), *facts]
    drawn.shuffle(parts)
    return drawn.choice(("", " ", "，", "\u200b")).join(parts)


def injected(drawn: Random) -> str:
    """A question with something in it that another program would carry out."""
    parts = [drawn.choice((*PLACES, *TOPICS)), drawn.choice(INJECTIONS), drawn.choice((*TOPICS, *INJECTIONS))]
    drawn.shuffle(parts)
    return "".join(parts)


def repeated(drawn: Random) -> str:
    """The same again and again, for patterns that go over it again and again."""
    piece = drawn.choice(
        (*PLACES, *TOPICS, *NUMBERS[:20], *FACTS, "（", "没", "第", "a", "转", " ", "\u0301", "👩‍👩‍👧")
    )
    return piece * drawn.randint(2, 900)


def mixed(drawn: Random) -> str:
    """A bit of everything."""
    return "".join(drawn.choice((characters, told, injected))(drawn)[:200] for _ in range(drawn.randint(1, 4)))


KINDS: tuple[Callable[[Random], str], ...] = (characters, told, injected, repeated, mixed)


def hostile(drawn: Random) -> str:
    """One such string."""
    return drawn.choice(KINDS)(drawn)


def corrections(drawn: Random, names: tuple[str, ...]) -> dict[str, object]:
    """What comes with a question as chosen by a tap, mostly nothing, else as hostile as the question."""
    if drawn.random() < 0.8:
        return {}
    facts = {drawn.choice((*names, "no_such_fact")): drawn.choice((*NUMBERS, "yes", "", hostile(drawn)[:60]))}
    return {
        "facts": facts,
        "area": drawn.choice(("", "北京", "110000", hostile(drawn)[:60])),
        "topic": drawn.choice(("", "", "allocation", "inpatient", "balance", hostile(drawn)[:30])),
    }
