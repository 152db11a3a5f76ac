"""The charts of a simulation as files: SVG drawn by the house's one drawing module, PNG set from it by Typst."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from yibao.services.charts import svg
from yibao.services.documents.typesetting import png
from yibao.services.simulate.result import Simulated
from yibao.services.simulate.tables import Shown, tables


def inline(shown: Shown) -> str:
    """The picture of a table within a page; empty where it has none."""
    if shown.chart is None:
        return ""
    return svg(shown.chart, mark=f"c-{shown.name}").replace(' xmlns="http://www.w3.org/2000/svg"', "")


def files(done: Simulated) -> Iterator[tuple[str, bytes]]:
    """Every chart under its file name, as SVG and as PNG."""
    for shown in tables(done):
        if shown.chart is not None:
            drawn = svg(shown.chart, mark=f"c-{shown.name}", headed=True)
            yield f"{shown.name}.svg", drawn.encode()
            yield f"{shown.name}.png", png(drawn)


def write(done: Simulated, folder: Path) -> list[Path]:
    """Writes the charts into a folder, which is made where it is not there; `OSError` where it cannot be written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, content in files(done):
        (folder / name).write_bytes(content)
        written.append(folder / name)
    return written
