"""What does an answer look like, key by key? The same JSON as everywhere; docs/api.md tells it in words."""

from __future__ import annotations

from typing import Literal

from ninja import Schema
from pydantic import Field

Certainty = Literal["exact", "range", "unknown", "not_applicable"]
Grade = Literal["official", "reported", "unverified", ""]


class ErrorBody(Schema):
    """Bad input: the rule that was broken, one plain sentence, what one may choose instead."""

    code: str = Field(description="names the rule broken; never renamed")
    message: str = Field(description="one plain Chinese sentence: what is wrong and what to do")
    next: list[str] = Field(description="what may be chosen instead")
    field: str = Field("", description="the fact at fault")


class Error(Schema):
    """What every refusal looks like."""

    error: ErrorBody


class AreaName(Schema):
    """A pooling area, a province or the nation."""

    code: str = Field(description="six digits, GB/T 2260")
    name: str


class Figure(Schema):
    """One figure: `value`, or `low` and `high` of a range; of a choice `text` is its word and `code` its number."""

    value: int | str | None = None
    low: int | None = None
    high: int | None = None
    unit: str
    label: str
    text: str = ""
    code: int | None = None


class Need(Schema):
    """A fact that is missing."""

    name: str
    label: str
    question: str


class Input(Schema):
    """A fact that the rules read; `assumed` where nobody said it."""

    name: str
    label: str
    value: int
    unit: str
    text: str = ""
    assumed: bool = False


class Parameter(Schema):
    """A value of the law that stands in a formula."""

    path: str
    name: str = Field(description="what formulas call it")
    label: str
    value: int
    unit: str
    from_: str = Field(alias="from", description="its first day, or the day on which it was first seen")
    citation: str
    grade: Grade


class Step(Schema):
    """A line of the sum, or a statement where a topic is answered in words."""

    name: str
    label: str
    plain_label: str
    value: int
    unit: str
    text: str
    formula: str
    how: str
    plain: str
    rounding: Literal["", "half_up", "half_up_fen"]
    clause: str
    citation: str
    parameters: list[str]
    kind: str = ""
    scheme: str = ""
    grade: Grade = ""


class Citation(Schema):
    """A document of the law."""

    id: str
    document: str
    number: str
    article: str
    issuer: str
    effective_from: str
    grade: Grade
    checked_on: str
    url: str


class Case(Schema):
    """The answer for one value of a missing fact, or for one area of a province."""

    when: str
    facts: dict[str, str]
    certainty: Certainty
    figures: dict[str, Figure]
    reason: str = ""
    needs: list[Need] = []
    inputs: list[Input] = []
    parameters: list[Parameter] = []
    steps: list[Step] = []
    because: list[str] = []


class Answer(Schema):
    """What the law of an area and a day gives, with its reason; docs/api.md tells every key."""

    answer_version: Literal[1]
    topic: str
    area: AreaName
    on: str
    certainty: Certainty
    summary: str
    figures: dict[str, Figure]
    needs: list[Need]
    wanted: list[Need]
    cases: list[Case]
    inputs: list[Input]
    parameters: list[Parameter]
    steps: list[Step]
    because: list[str]
    citations: list[Citation]
    caveats: list[str]
    next: list[str]
    reason: str
    grade: Grade


class Topic(Schema):
    """A topic with the facts that it may ask, in that order."""

    name: str
    title: str
    facts: list[str]
    answered_with: Literal["figures", "words"]


class Topics(Schema):
    """Every topic."""

    topics: list[Topic]


class Understood(Schema):
    """One thing that was understood of a question, and the words it was taken from."""

    kind: Literal["area", "topic", "fact", "day", "question"]
    name: str
    typed: str
    told: str
    value: str


class Choice(Schema):
    """A value with its word."""

    value: str
    label: str


class Back(Schema):
    """The one question that is asked back."""

    kind: Literal["area", "which_area", "fact"]
    name: str
    question: str
    choices: list[Choice]


class Nearest(Schema):
    """A topic that a question may have meant."""

    topic: str
    title: str


class Asked(Schema):
    """What was understood of a question, and the answers; docs/ask.md tells every key."""

    question: str
    on: str
    area: AreaName | None
    areas: list[AreaName]
    topics: list[str]
    facts: dict[str, str]
    answers: list[Answer]
    understood: list[Understood]
    back: Back | None
    warning: str
    nearest: list[Nearest]
    message: str
