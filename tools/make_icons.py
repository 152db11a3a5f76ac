"""Draws the icons of the app from our own mark: `python tools/make_icons.py` writes them beside `icon.svg`.

The mark is `icon.svg` in white on our green. Phones cut a mask out of `icon-mask.png`, so there it stands in the inner
four fifths; an iPhone rounds the corners of `icon-180.png` itself.
"""

import tempfile
from pathlib import Path

import typst

FOLDER = Path(__file__).resolve().parent.parent / "src/yibao/channels/portal/static/portal"
GREEN = "#0a5a50"
ICONS = {
    "icon-180": (180, 0.66, 0),
    "icon-192": (192, 0.66, 36),
    "icon-512": (512, 0.66, 96),
    "icon-mask": (512, 0.5, 0),
}
PAGE = """
#set page(width: {size}pt, height: {size}pt, margin: 0pt, fill: none)
#box(width: 100%, height: 100%, fill: rgb("{green}"), radius: {round}pt,
  align(center + horizon, image("mark.svg", width: {mark}pt)))
"""


def main() -> None:
    """Write every icon."""
    drawn = (FOLDER / "icon.svg").read_text(encoding="utf-8")
    mark = drawn.replace("#fff", "GREEN").replace(GREEN, "#ffffff").replace("GREEN", GREEN)
    with tempfile.TemporaryDirectory() as held:
        folder = Path(held)
        (folder / "mark.svg").write_text(mark, encoding="utf-8")
        for name, (size, share, round_) in ICONS.items():
            page = PAGE.format(size=size, green=GREEN, round=round_, mark=round(size * share))
            (folder / "page.typ").write_text(page, encoding="utf-8")
            picture = typst.compile(str(folder / "page.typ"), format="png", ppi=72)
            (FOLDER / f"{name}.png").write_bytes(picture)


if __name__ == "__main__":
    main()
