"""The answer to a topic for an area, a day and some facts: one service behind every channel."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from yibao.law.areas import Place, find, pooling_areas_of
from yibao.law.parameters.loading import tree
from yibao.law.parameters.shapes import Source
from yibao.services import clock
from yibao.services.answers.cases import Case, Given, cases_of
from yibao.services.answers.compose import Answer, figures, grade_sentence, need, reasons
from yibao.services.answers.evidence import aged, citations, claims_in_gaps, doubts, entries_of, lowest_grade
from yibao.services.answers.facts import FACTS, check_choice, inputs_of
from yibao.services.answers.places import place_of
from yibao.services.answers.summary import sentence
from yibao.services.answers.telling import tell
from yibao.services.answers.topics import ALL_TOPICS, Topic, WordTopic
from yibao.services.answers.working import Worked, law_of, was_read
from yibao.services.results import Done, Refused, RefusedError
from yibao.services.wording import ASK

NATION = "000000"
CASES_TOLD_MAX = 4


def areas_with_own_law() -> list[str]:
    """The names of the areas whose own law is kept here, in the order of their codes."""
    return [find(code).name for code in sorted(tree()["areas"]) if code != NATION]


def answer(
    topic: str, *, area: str, on: date, facts: Mapping[str, str], today: date | None = None
) -> Done[Answer] | Refused:
    """What the law of an area and a day gives a person, with its reason.

    `facts` are raw texts by name, as people type them. Bad input is `Refused` with one plain sentence; an answer that
    cannot be exact is still `Done`: its `certainty` says range, unknown or not applicable, and why. `today` is the day
    on which it is asked, by the clock unless given: sources that nobody has looked at for a year are named.

    >>> answer("allocation", area="北京", on=date(2025, 6, 1), facts={"status": "retired", "age": "70"}).value.figures[
    ...     "allocation_net"]["value"]
    10700
    """
    try:
        found = _answer(*asked(topic, area, on, facts))
    except RefusedError as error:
        return error.refused
    found.caveats.extend(aged(found.citations, today or clock.today()))
    return Done(found)


def asked(topic: str, area: str, on: date, facts: Mapping[str, str]) -> tuple[Topic | WordTopic, Place, date, Given]:
    """What is asked, found to be possible; refuses the rest."""
    if topic not in ALL_TOPICS:
        message = f"还没有“{topic[:30]}”这个题目，请从已有的题目里选。"
        raise RefusedError("unknown_topic", message, tuple(ALL_TOPICS), "topic")
    given = {name: text for name, text in facts.items() if text.strip()}
    inputs_of(given, on)
    for name in given.keys() & ALL_TOPICS[topic].asks.keys():
        check_choice(ALL_TOPICS[topic].asks[name], given[name])
    return ALL_TOPICS[topic], place_of(area), on, given


def _answer(topic: Topic | WordTopic, place: Place, on: date, given: Given) -> Answer:
    if place.kind == "outside":
        reason = f"{place.name}不实行内地的基本医疗保险，这里的规定不适用。"
        return Answer(topic.name, _area(place), on, "not_applicable", reason, reason=reason)
    if isinstance(topic, WordTopic):
        return tell(topic, place, on, given)
    assumed = {name: value for name, (value, _) in topic.assumed.items() if name not in given}
    known = {**assumed, **given}
    cases = cases_of(topic, place.code, on, known)
    if place.kind != "pooling" and not _settled(cases):
        listed = _area_cases(topic, place, on, known)
        if listed:
            return _compose(topic, place, on, given, assumed, listed, across=True)
    return _compose(topic, place, on, given, assumed, cases)


def _settled(cases: list[Case]) -> bool:
    """Whether a province or the nation itself answers exactly."""
    return all(case.low is not None and case.high is None for case in cases)


def _area_cases(topic: Topic, place: Place, on: date, known: Given) -> list[Case]:
    """The known pooling areas of a province or of the nation, each with its own cases."""
    with_law = tree()["areas"]
    subject = topic.law.subject
    if place.kind == "nation":
        codes = [(code, "") for code in sorted(with_law) if code != place.code and subject in with_law[code]]
    else:
        codes = [
            (area.code, area.name) for area in pooling_areas_of(place.code) if subject in with_law.get(area.code, {})
        ]
    out = []
    for code, name in codes:
        for case in cases_of(topic, code, on, known):
            if case.low is not None and case.high is None and case.low.figures:
                words = "，".join(part for part in (name or find(code).name, case.when) if part)
                out.append(Case(words, {"area": code, **case.facts}, case.low))
    return out


def _area(place: Place) -> dict[str, Any]:
    return {"code": place.code, "name": place.name}


def _compose(
    topic: Topic, place: Place, on: date, given: Given, assumed: Given, cases: list[Case], across: bool = False
) -> Answer:
    single = cases[0] if len(cases) == 1 and not across else None
    taken = {i for name in assumed for i in FACTS[name].inputs}
    why = [reasons(topic, case, on, taken) for case in cases]
    runs = [run for case in cases for run in (case.low, case.high) if run]
    entries = entries_of(runs)
    needs = [need(name) for name in dict.fromkeys(case.needs for case in cases if case.needs)]
    wanted = [name for name in (single.low.wanted if single and single.low else []) if name not in given]
    certainty = _certainty(cases, across)
    found = figures(topic, single.low, single.high) if single and single.low else _spread(topic, runs) if across else {}
    summary = _sentence(topic, place, on, cases, across) + (grade_sentence(entries.values()) if runs else "")
    return Answer(
        topic.name, _area(place), on, certainty, summary,
        figures=found,
        needs=needs,
        wanted=[need(name) for name in wanted],
        cases=[] if single else [_case(topic, case, on, reason) for case, reason in zip(cases, why, strict=True)],
        citations=citations(entries.values()),
        caveats=[
            line
            for line in dict.fromkeys(
                _caveats(topic, place, on, given, assumed, runs)
                + doubts(entries.values(), on)
                + claims_in_gaps(topic, place.code, on, cases, across)
            )
            if line not in summary  # a topic of yes or no says its note in the sentence
        ],
        next=_next(topic, cases, needs, wanted),
        reason=single.low.reason if single and single.low else "",
        grade=lowest_grade(entries.values()) if runs else "",
        **(why[0] if single else {}),
    )  # fmt: skip


def _case(topic: Topic, case: Case, on: date, reason: dict[str, Any]) -> dict[str, Any]:
    out: dict[str, Any] = {"when": case.when, "facts": case.facts, "certainty": _certainty([case], False), **reason}
    out["figures"] = figures(topic, case.low, case.high) if case.low else {}
    out["reason"] = case.low.reason if case.low else case.missing.gap.why if case.missing else ""
    if topic.says_why and case.low and not case.low.reason:
        out["reason"] = _note(case.low)
    out["needs"] = [need(case.needs)] if case.needs else []
    return out


def _certainty(cases: list[Case], across: bool) -> str:
    if across:
        return "range"
    if all(case.low is not None and case.low.reason for case in cases):
        return "not_applicable"
    if any(case.low is None for case in cases):
        return "unknown"
    return "range" if any(case.high is not None for case in cases) else "exact"


def _spread(topic: Topic, runs: list[Worked]) -> dict[str, Any]:
    """The lowest and the highest of each figure that all the areas have."""
    shared = set.intersection(*(set(run.figures) for run in runs))
    out: dict[str, Any] = {}
    for name in [name for name in runs[0].figures if name in shared]:
        ends = sorted(runs, key=lambda run: run.figures[name])
        public = topic.published.get(name, name)
        out |= {public: figures(topic, ends[0], ends[-1])[public]}
    return out


def _sentence(topic: Topic, place: Place, on: date, cases: list[Case], across: bool) -> str:
    if across:
        areas = len({case.facts["area"] for case in cases})
        return f"{place.name}没有查到统一的数。查到了{areas}个统筹区的规定，各地不一样，列在下面，请选您的参保地。"
    if len(cases) > CASES_TOLD_MAX:
        return f"{place.name}：您还有几项没有填，一共有{len(cases)}种情况，都列在下面；填得越全，情况越少。"
    parts = []
    for case in cases:
        lead = f"{case.when}：" if case.when else ""
        if case.needs == "average_pension":
            entries = law_of(topic, place.code, on).entries
            own = any(entries.get(rate, (NATION,))[0] != NATION for rate in ("frame_rate", "age_rates"))
            known = "当地的比例查到了，人均养老金没有查到：" if own else "当地自己的规定没有查到。按国家的大框架，"
            outcome = "才能算出准数" if own else "才能算出一个范围"
            parts.append(f"{lead}{known}要知道“{FACTS[case.needs].label}”{outcome}。")
        elif case.needs:
            parts.append(f"{lead}还需要知道“{FACTS[case.needs].label}”。")
        elif case.missing:
            parts.append(f"{lead}没有查到能用的规定（{case.missing.gap.why or '资料里没有'}）。")
        elif case.low and case.low.reason:
            parts.append(f"{lead}{case.low.reason}。")
        elif case.low:
            told = sentence(topic, case.low.figures, case.high.figures if case.high else None)
            parts.append(lead + _why_range(case) + told + _not_told(topic, case.low))
    return f"{place.name}：" + "".join(parts)


def _not_told(topic: Topic, run: Worked) -> str:
    """What the sentence says besides its figures: why it decides so, and why its first figure is not there."""
    if topic.says_why:
        return _note(run)
    return f"{run.gaps[0].why}。" if run.gaps and topic.main[0] not in run.figures else ""


def _note(run: Worked) -> str:
    """The note of the value that decides: the one that stands in the formula."""
    used = [run.law.sources[name].entry for name in sorted(run.names & run.law.sources.keys())]
    return "".join(str(entry.get("note", "")) for entry in used)


def _apart(case: Case) -> list[Source]:
    """The values of the law of which only a range is known."""
    if case.low is None or case.high is None:
        return []
    low, high = case.low.law.sources, case.high.law.sources
    names = (case.low.names | case.high.names) & low.keys()  # a part that is 0 at one end stands at the other only
    return [low[name] for name in sorted(names) if low[name].value != high[name].value]


def _why_range(case: Case) -> str:
    """What lies behind a range: the nation's frame only, or sources that differ."""
    if case.high is None:
        return ""
    if {source.area for source in _apart(case)} == {NATION}:
        return "当地自己的规定没有查到，按国家的大框架："
    return "有的规定只知道上下限，所以只能算出一个范围："


def _caveats(topic: Topic, place: Place, on: date, given: Given, assumed: Given, runs: list[Worked]) -> list[str]:
    out = [place.note] if place.note else []
    if not runs:
        return out
    for name in assumed:
        if any(was_read(topic, run, on, i) for run in runs for i in FACTS[name].inputs):
            out.append(topic.assumed[name][1])
    if "born" in given and topic.name == "allocation":
        out.append("年龄按要查的那个月最后一天的周岁算；文件里没有写明算到哪一天。")
    unread = [
        FACTS[name].label
        for name in given
        if not any(was_read(topic, run, on, i) for run in runs for i in (*FACTS[name].inputs, *_also(name)))
    ]
    if unread:
        out.append(f"算这个数没有用到您填的：{'、'.join(unread)}。")
    for gap in dict.fromkeys(gap.path for run in runs for gap in run.gaps):
        found = next(g for run in runs for g in run.gaps if g.path == gap)
        out.append(
            f"还有一项没有查到：{found.why or found.path}。" + (f"要看：{found.settles}。" if found.settles else "")
        )
    return out


def _also(name: str) -> tuple[str, ...]:
    """The inputs that a fact gives besides its own: a day of birth gives the age, men's old age is 60."""
    return {"born": ("age",), "sex": ("old_age",)}.get(name, ())


def _next(topic: Topic, cases: list[Case], needs: list[dict[str, Any]], wanted: list[str]) -> list[str]:
    out = [f"请补充“{item['label']}”。" for item in needs]
    if wanted:
        out.append(f"再告诉我们{'、'.join(f'“{FACTS[name].label}”' for name in wanted)}，还能算出更多。")
    if any(case.needs == "average_pension" for case in cases):
        out += [f"能定下这个数的是：{topic.settles}。", ASK[topic.office]]
    settling = [case.missing.gap.settles for case in cases if case.missing]
    settling += [source.entry.get("settles", "") for case in cases for source in _apart(case)]
    for document in settling:
        if document or topic.settles:
            out.append(f"能定下这个数的是：{document or topic.settles}。")
    if settling:
        out.append(ASK[topic.office])
    return list(dict.fromkeys(out))
