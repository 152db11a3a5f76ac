"""What did every channel say to every question? As a table for docs/channels.md."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from tests.contract.asked import Law, Own, Reading, Value
from tests.contract.reading import once

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "channels.md"
MARKED = ("<!-- the table: python -m tests.contract --write -->", "<!-- end of the table -->")
CHANNELS = {
    "portal": "web 网页", "api": "API", "cli": "command line 命令行", "hotline": "hotline 热线",
    "terminal": "terminal 自助机", "wechat": "WeChat 微信", "alipay": "Alipay 支付宝", "fhir": "FHIR",
}  # fmt: skip


@dataclass
class Table:
    """The rows in the order in which they were asked."""

    rows: list[tuple[Law | Own, dict[str, Reading]]] = field(default_factory=list)

    def add(self, asked: Law | Own, readings: dict[str, Reading]) -> None:
        """A question with what was read in each channel."""
        self.rows.append((asked, readings))

    def markdown(self) -> str:
        """The table."""
        lines = ["| | question | " + " | ".join(CHANNELS.values()) + " |", "|---:|---|" + "---|" * len(CHANNELS)]
        for number, (asked, readings) in enumerate(self.rows, 1):
            cells = [_cell(asked, readings[name], name) if name in readings else "" for name in CHANNELS]
            lines.append(f"| {number} | {asked.asks} | " + " | ".join(cells) + " |")
        return "\n".join(lines)


def _cell(asked: Law | Own, one: Reading, channel: str) -> str:
    """The figures asked for, as they were read; for what has none, the kind of answer."""
    if isinstance(asked, Law) and channel in asked.silent:
        return "asks back"
    if not asked.told:
        return "same words" if isinstance(asked, Law) else "none"
    return "; ".join(" / ".join(written(name, part) for part in once(one.figures.get(name, ()))) for name in asked.told)


def written(name: str, found: Value) -> str:
    """A figure without any channel's own way of writing it."""
    if isinstance(found, str):
        return found
    if name == "insured":
        return "yes" if found else "no"
    if name.endswith("_months") or name == "total":
        return f"{found} months"
    return f"{found // 100}.{found % 100:02}"


TABLE = Table()
"""What was read in this run: the tests fill it, `python -m tests.contract` prints it."""


def in_document(text: str) -> str:
    """The table as it stands in the document."""
    return text.partition(MARKED[0])[2].partition(MARKED[1])[0].strip()


def with_table(text: str, table: str) -> str:
    """The document with this table."""
    before, _, rest = text.partition(MARKED[0])
    return f"{before}{MARKED[0]}\n\n{table}\n\n{MARKED[1]}{rest.partition(MARKED[1])[2]}"
