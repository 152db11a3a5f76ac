"""A simulation told in plain Chinese: what changes, for whom, how much, who pays, and what it does not know."""

from __future__ import annotations

from collections.abc import Iterator

from yibao.law.terms import label
from yibao.population.scenarios import Change, Cited, known
from yibao.population.tally import average
from yibao.services.formats import day_text, fen_text
from yibao.services.simulate.result import Group, Simulated
from yibao.services.simulate.tables import MONTHS, count, money, percent
from yibao.services.wording import GRADES

MADE_UP = "演算用的是合成人口，不是真实数据。"
EVERYBODY = "所有人"
TOLD_APART = 5
"""Groups are told apart in a sentence where they differ by more than a fifth."""
ORDER = tuple(GRADES)


def large(fen: int) -> str:
    """A sum for a sentence: from ten thousand yuan on in 万元, half-up to two decimals.

    >>> large(123_456_789), large(9_999)
    ('123.46 万元', '99.99 元')
    """
    if abs(fen) < 1_000_000:
        return f"{fen_text(fen)} 元"
    tens = average(fen, 10_000)  # hundredths of 万元
    if abs(tens) >= 1_000_000:
        return f"{fen_text(average(fen, 100_000_000))} 亿元"
    return f"{fen_text(tens)} 万元"


def title(done: Simulated) -> str:
    """What the report is called."""
    named = "、".join(dict.fromkeys(label(change.path.partition(".")[2]) for _, change in done.changes))
    return f"{done.places}：如果改“{named}”" if named else f"{done.places}：没有改变什么"


def headline(done: Simulated) -> str:
    """The result in two sentences."""
    if done.is_without_effect:
        return no_effect(done)
    outcome, whole = done.question.outcome, done.all
    amount = large if outcome.unit == "fen" else lambda size: money(size, "months")
    difference = whole.changed - whole.today
    when = "一年" if done.question.in_turn else {"month": "每月", "year": "一年"}.get(outcome.per, "")
    if not difference:
        return f"{outcome.total}总数不变。{_who(done)}"
    way, share = "多" if difference > 0 else "少", percent(difference, whole.today, True)
    cost = f"{outcome.total}{when}{way} {amount(abs(difference))}（{share}）"
    year = f"，一年{way} {large(abs(difference) * MONTHS)}" if outcome.per == "month" else ""
    return f"{cost}{year}。{_who(done)}"


def _who(done: Simulated) -> str:
    """How many win and lose, in a sentence."""
    outcome, whole, each = done.question.outcome, done.all, done.question.outcome.each
    told = []
    if whole.winners:
        gained = money(average(whole.won, whole.winners), outcome.unit)
        told.append(f"{count(whole.winners)} {each}{outcome.better}，平均 {gained}")
    if whole.losers:
        lost = money(average(-whole.lost, whole.losers), outcome.unit)
        told.append(f"{count(whole.losers)} {each}{outcome.worse}，平均 {lost}")
    same = whole.rows - done.affected
    told.append(f"{count(same)} {each}不变")
    return f"比较的 {count(whole.rows)} {each}里，{'；'.join(told)}。"


def no_effect(done: Simulated) -> str:
    """Why nothing changed, and which parameters the area's law does read."""
    changes = done.changes
    if all(change.is_none for _, change in changes):
        return "这个改动和今天的规定一样，什么都没有变。"
    if not done.all.rows:
        return nobody(done)
    paths = "、".join(dict.fromkeys(change.path for _, change in changes))
    return (
        f"改了以后，谁的数都没有变：{done.places}今天的算法用不到 {paths}，或者这些人里没有它管的人。"
        f"今天用到的有：{'、'.join(_read_today(done))}。"
    )


def nobody(done: Simulated) -> str:
    """Why not a single row could be compared."""
    (today, changed), number = done.reasons[0] if done.reasons else (("没有人", "没有人"), 0)
    why = today if today == changed else f"今天：{today}；改了以后：{changed}"
    return f"一行也没有比出来，不知道会差多少。最多的原因（{count(number)} 行）：{why}。"


def _read_today(done: Simulated) -> list[str]:
    """The parameters of the subject that are known today."""
    found: dict[str, None] = {}
    for area in done.question.areas:
        for change in known(done.question.scenario.subject, area, done.question.on):
            told = change.before[0].text if len(change.before) == 1 else f"{len(change.before)}个数"
            found[f"{change.path}（{told}）"] = None
    return list(found)


def name_of(change: Change) -> str:
    """What a changed parameter is called."""
    return label(change.path.partition(".")[2])


def changed_lines(change: Change) -> list[tuple[str, str, str, bool]]:
    """A parameter line by line: for whom and from where on, before, after, and whether it differs."""
    before = {(line.whom, line.start): line for line in change.before}
    after = {(line.whom, line.start): line for line in change.after}
    rows = []
    for place in dict.fromkeys([*before, *after]):
        old, new = (side[place].text if place in side else "没有这一行" for side in (before, after))
        line = after[place] if place in after else before[place]
        rows.append((" ".join(part for part in (line.whom, line.where) if part) or EVERYBODY, old, new, old != new))
    return rows


def explained(done: Simulated) -> Iterator[tuple[str, str]]:
    """Questions that a reader has, each with its answer."""
    outcome = done.question.outcome
    yield "改什么", "；".join(_change_words(change) for _, change in done.changes) + "。"
    if done.is_without_effect:
        yield "结果", no_effect(done)
        return
    yield "对谁", _for_whom(done)
    yield "差多少", _how_much(done)
    if outcome.unit == "fen":
        yield "谁出钱", _who_pays(done)


def _change_words(change: Change) -> str:
    """One parameter in a sentence: the lines that differ."""
    name = label(change.path.partition(".")[2])
    lines = [line for line in changed_lines(change) if line[3]]
    told = [f"{'' if where == EVERYBODY else where}从 {old} 改成 {new}" for where, old, new, _ in lines]
    return f"{name}：{'，'.join(told)}" if told else f"{name}：和今天一样，没有变"


def _for_whom(done: Simulated) -> str:
    """Which groups win, which lose."""
    outcome = done.question.outcome
    told = []
    for name in ("status", "age", "level", "income", "sex"):
        if name not in done.groups:
            continue
        word, groups = done.groups[name]
        if name == "status":
            told += [_group_words(done, group) for group in groups]
        elif len(groups) > 1:
            most = max(groups, key=lambda group: (abs(group.average), group.label))
            way = outcome.better if most.average > 0 else outcome.worse
            averages = [group.average for group in groups]
            if TOLD_APART * (max(averages) - min(averages)) > abs(most.average):
                size = money(abs(most.average), outcome.unit)
                told.append(f"按{word}看，平均差得最多的是{most.label}（{way} {size}）")
    return "；".join(told) + "。"


def _group_words(done: Simulated, group: Group) -> str:
    outcome = done.question.outcome
    if not group.winners and not group.losers:
        return f"{group.label} {count(group.rows)} {outcome.each}，都不变"
    parts = [f"{count(group.winners)} {outcome.each}{outcome.better}"] if group.winners else []
    parts += [f"{count(group.losers)} {outcome.each}{outcome.worse}"] if group.losers else []
    return f"{group.label} {count(group.rows)} {outcome.each}，{'、'.join(parts)}"


def _how_much(done: Simulated) -> str:
    outcome, unit = done.question.outcome, done.question.outcome.unit
    low, high = done.least_and_most
    when = {"month": "每月", "year": "一年"}.get(outcome.per, "")
    if not done.affected:
        return "没有人的数变。"
    least, most = money(low, unit, True), money(high, unit, True)
    ends = f"都是 {least}" if low == high else f"最小 {least}，最大 {most}"
    return (
        f"有变化的 {count(done.affected)} {outcome.each}，{when}平均 {money(done.average_affected, unit, True)}，"
        f"正中间的一{outcome.each} {money(done.median_affected, unit, True)}，{ends}（正数是{outcome.better}）。"
        f"摊到所有比较的人，平均 {money(done.all.average, unit, True)}。"
    )


def _who_pays(done: Simulated) -> str:
    """Which funds pay more, which less, and the person."""
    if done.question.chain == "allocation":
        return _who_credits(done)
    told = []
    for part in done.question.outcome.parts:
        before, after = done.tally.parts.get(part.figure, (0, 0))
        if part.payer and after != before:
            way = "多" if after > before else "少"
            told.append(f"{part.word}{way} {large(abs(after - before))}（出钱的：{part.payer}）")
    return "；".join(told) + "。" if told else "各方付的钱都不变。"


def _who_credits(done: Simulated) -> str:
    """Whose money the allocation is: of who works their own contribution, of who is retired the pooled fund's."""
    told = []
    payers = {"职工医保在职": "是本人缴的费，少进或多进统筹基金", "职工医保退休": "由统筹基金出"}
    for group in done.groups["status"][1]:
        difference = group.changed - group.today
        if difference:
            way = "多" if difference > 0 else "少"
            told.append(f"{group.label}的合计{way} {large(abs(difference))}，{payers.get(group.label, '')}")
    return "；".join(told) + "。" if told else "划入的钱总数不变。"


def doubts(done: Simulated) -> list[str]:
    """What is not known, and what the reader must not take it for."""
    told = [MADE_UP] if done.people.made_up else ["演算用的是给定文件里的人，文件里的数对不对，这里没有核对。"]
    told.append("只改了规定里的数。人们会不会因此多看病、换医院、多缴或少缴，没有算。")
    grade = worst_grade([one for _, change in done.changes for one in (*change.before_cited, *change.after_cited)])
    if grade and grade != "official":
        told.append(f"改动以前的值里，最弱的依据是“{GRADES[grade].word}”：{GRADES[grade].meaning}")
    if any(not change.before_cited for _, change in done.changes):
        told.append("改的参数里有今天没有查到的，改成的数是假设的。")
    if done.question.in_turn:
        told.append(
            "每一行是一次住院。同一个人一年里的几次按先后接着算，改前改后各算各的封顶线；整年都用同一天的规定。"
        )
    elif done.question.outcome.per == "claims":
        told.append("每一行是一次看病。同一个人前几次已经付的钱，按记录里写的，没有按改了以后的规定重算。")
    if done.question.chain == "inpatient":
        told.append("大病保险规定按全年累计，这里按每一次住院单独算，所以它付的钱算少了，改前改后都一样。")
    without = done.tally.rows - done.tally.elsewhere - done.all.rows
    if without:
        told.append(f"有 {count(without)} 行没有比较，原因在最后一张表里；没有把它们当作0。")
    return told


def worst_grade(cited: list[Cited]) -> str:
    """The weakest grade of some citations; empty where there are none."""
    return max((one.grade for one in cited), key=ORDER.index, default="")


def on_words(done: Simulated) -> str:
    """The day whose law it is, in words."""
    return day_text(done.question.on.isoformat())
