"""What comes back when the law is asked.

Made by tools/make_client.py from the OpenAPI document of yibao 0.1.0; not edited by hand.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict


class Answer(TypedDict):
    """What the law of an area and a day gives, with its reason; docs/api.md tells every key."""

    answer_version: Literal[1]
    topic: str
    area: AreaName
    on: str
    certainty: Literal["exact", "range", "unknown", "not_applicable"]
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
    grade: Literal["official", "reported", "unverified", ""]


class AreaName(TypedDict):
    """A pooling area, a province or the nation."""

    code: str
    name: str


class Case(TypedDict):
    """The answer for one value of a missing fact, or for one area of a province."""

    when: str
    facts: dict[str, str]
    certainty: Literal["exact", "range", "unknown", "not_applicable"]
    figures: dict[str, Figure]
    reason: NotRequired[str]
    needs: NotRequired[list[Need]]
    inputs: NotRequired[list[Input]]
    parameters: NotRequired[list[Parameter]]
    steps: NotRequired[list[Step]]
    because: NotRequired[list[str]]


class Citation(TypedDict):
    """A document of the law."""

    id: str
    document: str
    number: str
    article: str
    issuer: str
    effective_from: str
    grade: Literal["official", "reported", "unverified", ""]
    checked_on: str
    url: str


class Figure(TypedDict):
    """One figure: `value`, or `low` and `high` of a range; of a choice `text` is its word and `code` its number."""

    value: NotRequired[int | str | None]
    low: NotRequired[int | None]
    high: NotRequired[int | None]
    unit: str
    label: str
    text: NotRequired[str]
    code: NotRequired[int | None]


class Input(TypedDict):
    """A fact that the rules read; `assumed` where nobody said it."""

    name: str
    label: str
    value: int
    unit: str
    text: NotRequired[str]
    assumed: NotRequired[bool]


class Need(TypedDict):
    """A fact that is missing."""

    name: str
    label: str
    question: str


Parameter = TypedDict(
    "Parameter",
    {
        "path": 'str',
        "name": 'str',
        "label": 'str',
        "value": 'int',
        "unit": 'str',
        "from": 'str',
        "citation": 'str',
        "grade": 'Literal["official", "reported", "unverified", ""]',
    },
)
"""A value of the law that stands in a formula."""


class Step(TypedDict):
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
    kind: NotRequired[str]
    scheme: NotRequired[str]
    grade: NotRequired[Literal["official", "reported", "unverified", ""]]


class Error(TypedDict):
    """What every refusal looks like."""

    error: ErrorBody


class ErrorBody(TypedDict):
    """Bad input: the rule that was broken, one plain sentence, what one may choose instead."""

    code: str
    message: str
    next: list[str]
    field: NotRequired[str]


class Topic(TypedDict):
    """A topic with the facts that it may ask, in that order."""

    name: str
    title: str
    facts: list[str]
    answered_with: Literal["figures", "words"]


class Topics(TypedDict):
    """Every topic."""

    topics: list[Topic]


class Asked(TypedDict):
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


class Back(TypedDict):
    """The one question that is asked back."""

    kind: Literal["area", "which_area", "fact"]
    name: str
    question: str
    choices: list[Choice]


class Choice(TypedDict):
    """A value with its word."""

    value: str
    label: str


class Nearest(TypedDict):
    """A topic that a question may have meant."""

    topic: str
    title: str


class Understood(TypedDict):
    """One thing that was understood of a question, and the words it was taken from."""

    kind: Literal["area", "topic", "fact", "day", "question"]
    name: str
    typed: str
    told: str
    value: str


class Found(TypedDict):
    """A page of what was found, the best first."""

    query: str
    page: int
    pages: int
    total: int
    whole: int
    notes: list[str]
    message: str
    next: list[str]
    hits: list[Hit]


class Hit(TypedDict):
    """One thing found; docs/api.md tells every key."""

    kind: str
    title: str
    text: str
    area: AreaName
    topic: str
    path: str
    document: str
    number: str
    article: str
    issuer: str
    since: str
    is_seen: bool
    until: str
    ended: bool
    grade: str
    checked: str
    url: str
    marked: dict[str, list[Piece]]


class Piece(TypedDict):
    """A part of a text, marked where it is what was searched."""

    text: str
    mark: bool
