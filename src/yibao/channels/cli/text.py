"""An answer as plain text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from yibao.services.formats import figure_text, value_text
from yibao.services.wording import GRADES


def answer_lines(body: Mapping[str, Any]) -> Iterator[str]:
    """The lines of an answer: sentence, figures, how they come about, what they rest on, what is not certain."""
    yield body["summary"]
    yield f"（按 {body['on']} 的规定）"
    for name, figure in body["figures"].items():
        yield f"  {figure.get('label', name)}：{figure_text(figure)}"
    for case in body["cases"]:
        figures = "，".join(f"{f.get('label', n)} {figure_text(f)}" for n, f in case["figures"].items())
        yield f"  {case['when']}：{figures or case['reason'] or '还需要知道' + case['needs'][0]['label']}"
    in_words = [step for step in body["steps"] if "kind" in step]
    for title, kind in (("怎么做：", "step"), ("规定是这样写的：", "rule")):
        told = [step for step in in_words if step["kind"] == kind]
        if told:
            yield title
            yield from (f"  {step['value']}. {step['label']}：{step['plain']}{_proof(step)}" for step in told)
    if body["steps"] and not in_words:
        yield "怎么算的："
        for step in body["steps"]:
            yield f"  {step['label']} = {step['how']} = {step['text'] or value_text(step['value'], step['unit'])}"
    if body["citations"]:
        yield "依据："
        for cited in body["citations"]:
            number = f"（{cited['number']}）" if cited["number"] else ""
            yield f"  [{GRADES[cited['grade']].word}] {cited['document']}{number} {cited['article']} {cited['issuer']}"
    for title, key in (("还不能肯定的：", "caveats"), ("接下来可以：", "next")):
        if body[key]:
            yield title
            yield from (f"  {line}" for line in body[key])


def _proof(step: Mapping[str, Any]) -> str:
    """How well a statement is proven, where it is not by an official text."""
    return "" if step["grade"] == "official" else f"（{GRADES[step['grade']].word}）"
