"""What does the command line print? The text for a person, not its JSON; it knows no records."""

from __future__ import annotations

import contextlib
import io
import re

from tests.contract.asked import Figures, Law, Reading, labels_of
from tests.contract.reading import day_in, value

from yibao.channels.cli.main import main

CELL = re.compile(r"([^\s：，]+?)(?:：| )(\S*?[\d,.～]+(?: ?元(?:/[年月])?|[年岁个月\d]*))(?=，|\n)")


def law(asked: Law) -> Reading:
    """yibao answer TOPIC --area … --on …"""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        assert main(command(asked)) == 0
    return read(out.getvalue(), asked)


def command(asked: Law) -> list[str]:
    """The words after `yibao`."""
    told = [part for name, text in asked.facts.items() for part in (f"--{name.replace('_', '-')}", text)]
    return ["answer", asked.topic, "--area", asked.area, "--on", asked.on.isoformat(), *told]


def read(text: str, asked: Law) -> Reading:
    """What was printed."""
    head = text.split("怎么算的：")[0].split("依据：")[0]
    figures: Figures = {}
    labels = labels_of(asked.topic)
    for label, shown in CELL.findall(head):
        if label in labels:
            unit = "元" if "元" in shown else ""
            ends = tuple(value(end if unit in end else end + unit) for end in shown.split("～"))
            figures[labels[label]] = (*figures.get(labels[label], ()), *ends)
    lines = re.findall(r"^  \[.+?\] (.*)$", text, re.M)
    return Reading(figures, text, tuple(lines), day_in(text, "按 {} 的规定"))
