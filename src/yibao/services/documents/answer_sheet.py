"""What stands on the printed answer: the JSON of an answer arranged into lines of text, figures already in words."""

import re
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from typing import Any

import segno

from yibao.law.terms import label
from yibao.services.answers.topics import ALL_TOPICS, WORD_TOPICS
from yibao.services.charts import chart_of, svg
from yibao.services.documents.typesetting import pdf, printable_data
from yibao.services.formats import day_text, figure_parts, figure_text, value_text
from yibao.services.wording import GRADES, ROUNDINGS, SERVICE_NAME, code_groups

Json = Mapping[str, Any]
NAME = re.compile(r"[A-Za-z_]\w*")

WORST_FIRST = ("unverified", "reported", "official")
STANDING = {
    "range": "只知道一个范围，还算不出准数",
    "unknown": "现在还算不出准数",
    "not_applicable": "这一条不适用于您",
}
CASES_WITH_STEPS = 4


def answer_pdf(answer: Json, code: str, check_url: str, issued_on: date) -> bytes:
    """The PDF of one answer, with the code and the address under which the same answer can be seen again."""
    pictures = {"qr": qr(check_url)}
    drawn = chart_of(printable_data(answer))  # its words are drawn in our font, like all the others
    if drawn:
        pictures["chart"] = svg(drawn)
    return pdf("answer.typ", sheet(answer, code, check_url, issued_on), pictures, issued_on)


def qr(text: str) -> str:
    """The QR code of a text as SVG, black on white with its quiet zone, whatever the page around it."""
    out = BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", border=4, dark="#000", light="#fff", xmldecl=False)
    return out.getvalue().decode("utf-8")


def sheet(answer: Json, code: str, check_url: str, issued_on: date) -> dict[str, Any]:
    """Everything the template prints, in words and in order."""
    names = _labels(answer)
    main, others = _figures(answer, names)
    grade = answer.get("grade", "") if answer["topic"] in WORD_TOPICS else _worst_grade(answer)
    return {
        "service": SERVICE_NAME,
        "title": _title(answer),
        "area": answer["area"]["name"],
        "on": day_text(answer["on"]),
        "basis": f"按 {day_text(answer['on'])} 的规定",
        "issued": f"{day_text(issued_on.isoformat())} 打印",
        "code": code_groups(code),
        "check_url": check_url,
        "main": main,
        "standing": _standing(answer),
        "summary": answer["summary"],
        "grade": {"name": grade, "word": GRADES[grade].word, "meaning": GRADES[grade].meaning} if grade else None,
        "others": others,
        "cases": _cases(answer, names),
        "chart": _chart(answer),
        "told": _told(answer),
        "sums": [_sum(run, answer["figures"] or run.get("figures", {})) for run in _runs(answer) if _is_sum(run)],
        "facts": _facts(answer),
        "laws": _laws(answer),
        "caveats": list(answer["caveats"]),
        "next": list(answer["next"]),
        "formulas": _formulas(answer) if _is_sum(answer) else [],
    }


def _title(answer: Json) -> str:
    topic = ALL_TOPICS.get(answer["topic"])
    return topic.title if topic else str(answer["topic"])


def _labels(answer: Json) -> dict[str, str]:
    """What every figure of the answer and of its cases is called."""
    found = [answer["figures"], *(case["figures"] for case in answer["cases"])]
    return {name: figure.get("label") or label(name) for figures in found for name, figure in figures.items()}


def _figures(answer: Json, names: Mapping[str, str]) -> tuple[dict[str, str] | None, list[dict[str, Any]]]:
    figures = answer["figures"]
    if not figures:
        return None, []
    topic = ALL_TOPICS.get(answer["topic"])
    wanted = topic.main if topic else ()
    first = next((name for name in wanted if name in figures), next(iter(figures)))
    number, unit = figure_parts(figures[first])
    rest = [_row(names[name], "", figure_text(figures[name])) for name in figures if name != first]
    return {"label": names[first], "number": number, "unit": unit}, rest


def _standing(answer: Json) -> str:
    """The line that says why there is no exact figure; what is missing by name, where something is."""
    needs = "、".join(need["label"] for need in answer["needs"])
    if needs:
        return f"还要知道：{needs}"
    if answer["topic"] in WORD_TOPICS and answer["certainty"] == "unknown":
        return "这一项的规定没有查到"
    return STANDING.get(answer["certainty"], "")


def _worst_grade(answer: Json) -> str:
    grades = {answer.get("grade"), *(row["grade"] for row in answer["citations"])}
    return next((grade for grade in WORST_FIRST if grade in grades), "")


def _cases(answer: Json, names: Mapping[str, str]) -> dict[str, Any]:
    columns = list(dict.fromkeys(name for case in answer["cases"] for name in case["figures"]))
    rows = []
    for case in answer["cases"]:
        figures = case["figures"]
        needs = "、".join(need["label"] for need in case.get("needs", ()))
        note = case.get("reason") or (f"还要知道：{needs}" if needs else "没有查到这一处的规定，算不出数")
        values = [figure_text(figures[name]) if name in figures else "—" for name in columns]
        rows.append({"when": case["when"], "values": values, "note": "" if figures else note})
    return {"heads": [names[name] for name in columns], "rows": rows}


def _chart(answer: Json) -> dict[str, str] | None:
    """The title and the sentence of the chart, if there is one; the picture itself goes beside the data."""
    drawn = chart_of(answer)
    return {"title": drawn.title, "summary": drawn.summary} if drawn else None


def _runs(answer: Json) -> list[Json]:
    """What was worked out step by step: the answer itself, or its cases where they are few enough to read."""
    if answer["steps"]:
        return [answer]
    worked = [case for case in answer["cases"] if case.get("steps")]
    return worked if len(worked) <= CASES_WITH_STEPS else []


def _is_sum(run: Json) -> bool:
    """Whether the steps are a sum, not words."""
    return bool(run["steps"]) and "kind" not in run["steps"][0]


def _told(answer: Json) -> list[dict[str, Any]]:
    """What an answer in words says: what to do in order, then what the law says of it."""
    out: list[dict[str, Any]] = []
    said = answer.get("grade", "")  # told above, with the sentence
    for kind, title in (("step", "怎么做"), ("rule", "规定是怎么说的")):
        steps = [step for step in answer["steps"] if step.get("kind") == kind]
        rows = [
            {
                "title": f"{number}. {step['label']}" if kind == "step" else step["label"],
                "words": step["plain"],
                "grade": step["grade"] if step["grade"] != said else "",
                "word": GRADES[step["grade"]].word,
            }
            for number, step in enumerate(steps, 1)
        ]
        out += [{"title": title, "rows": rows}] if rows else []
    return out


def _sum(run: Json, figures: Json) -> dict[str, Any]:
    rows = []
    for step in run["steps"]:
        how = step["how"]
        rounding = ROUNDINGS.get(step.get("rounding", ""), step.get("rounding", ""))
        if rounding and "四舍五入" not in how:
            how = f"{how}，{rounding}" if how else rounding
        name, end = _end(step["name"])
        rows.append(_row(step["label"] + end, how, _value(step), bold=name in figures))
    return {"when": run.get("when", ""), "because": "；".join(run.get("because", ())), "steps": rows}


def _end(name: str) -> tuple[str, str]:
    """The plain name of a step, and which end of a range it stands for."""
    for suffix, word in (("_low", "（低的一头）"), ("_high", "（高的一头）")):
        if name.endswith(suffix):
            return name.removesuffix(suffix), word
    return name, ""


def _facts(answer: Json) -> list[dict[str, Any]]:
    """What the person told that the law read; of several cases, what they have in common."""
    runs = _runs(answer)
    rows = list(answer["inputs"]) or (list(runs[0].get("inputs", ())) if runs else [])
    rows = [row for row in rows if all(row in run.get("inputs", ()) for run in runs)]
    below = "您没有说，这里按这个算"
    return [_row(row["label"], below if row.get("assumed") else "", row.get("text") or _value(row)) for row in rows]


def _laws(answer: Json) -> list[dict[str, Any]]:
    """Each document once, with what was taken from it, by article and by how well it is proven."""
    values = [row for run in _runs(answer) for row in run.get("parameters", ())] or answer["parameters"]
    documents: dict[tuple[str, ...], dict[str, Any]] = {}
    for row in answer["citations"]:
        key = (row["document"], row["issuer"], row["number"])
        known = documents.setdefault(key, {"title": key[0], "rows": [_joined(*key[1:])], "proofs": []})
        if row.get("url") and row["url"] not in known["rows"]:
            known["rows"].append(row["url"])
        since, checked = day_text(row["effective_from"]), day_text(row["checked_on"])
        gives = [f"{value['label']} {_value(value)}" for value in values if value["citation"] == row["id"]]
        dates = (f"{since}起用" if since else "", f"{checked}核对" if checked else "")
        known["proofs"].append(
            {
                "grade": row["grade"],
                "word": GRADES[row["grade"]].word,
                "row": _joined(row.get("article", ""), *dates),
                "gives": "给出：" + "；".join(dict.fromkeys(gives)) if gives else "",
            }
        )
    return list(documents.values())


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _formulas(answer: Json) -> list[dict[str, Any]]:
    """The names with their whole numbers, then every step, so that anybody can work the figure out again."""
    spoken = {name for step in answer["steps"] for name in NAME.findall(str(step["formula"]))}
    made = {step["name"] for step in answer["steps"]}
    rows: list[dict[str, Any]] = [
        {"label": row["label"], "name": row["name"], "formula": f"= {_whole(row)}", "clause": "", "given": True}
        for row in [*answer["inputs"], *answer["parameters"]]
        if row.get("name") in spoken - made
    ]
    before = ""
    for step in answer["steps"]:
        worked = f"= {step['formula']} = {_whole(step)}" if step["formula"] else f"= {_whole(step)}"
        clause = str(step.get("clause", ""))
        shown = "" if clause == before else clause
        rows.append({"label": step["label"], "name": step["name"], "formula": worked, "clause": shown, "given": False})
        before = clause
    return rows


def _whole(row: Json) -> str:
    return str(row["value"]) if "value" in row else f"{row.get('low')} … {row.get('high')}"


def _value(row: Json) -> str:
    if row.get("text"):
        return str(row["text"])
    return value_text(row["value"], row["unit"]) if "value" in row else figure_text(row)


def _row(label: str, below: str, value: str, bold: bool = False) -> dict[str, Any]:
    return {"label": label, "below": below, "value": value, "bold": bold}
