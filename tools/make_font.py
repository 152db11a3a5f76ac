"""How the two font files of the printed answer are made, and made again bit for bit.

Needs the Debian packages fonts-noto-cjk and unicode-data and the package fonttools, none of which the program itself
needs. Run: python tools/make_font.py FOLDER   (FOLDER: src/yibao/services/documents/fonts)

What is kept. Regular: every ideograph of the first Unicode block (all of GBK), the 8,105 of the Table of General
Standard Chinese Characters (通用规范汉字表, where names of people and places are drawn from), GB 2312, Latin, marks.
Bold: the same without the rest of GBK, because bold is for headings; a rarer character there is set in regular.
`coverage.txt` lists what the regular face holds, so that the program need not read a font to know.
"""

import argparse
import bz2
import hashlib
import re
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

SOURCE = Path("/usr/share/fonts/opentype/noto")
UNIHAN = Path("/usr/share/unicode/Unihan_OtherMappings.txt.bz2")
SIMPLIFIED = 2  # the place of "Noto Sans CJK SC" in Debian's collections
FAMILY = "Noto Sans CJK SC"
FEATURES = ["ccmp", "kern", "liga", "mark"]
LATIN_AND_MARKS = (
    (0x20, 0x7E),
    (0xA0, 0x17F),
    (0x2010, 0x205E),
    (0x2070, 0x20BF),
    (0x2100, 0x214F),
    (0x2150, 0x218B),
    (0x2190, 0x21FF),
    (0x2200, 0x22FF),
    (0x2460, 0x24FF),
    (0x2500, 0x27BF),
    (0x3000, 0x303F),
    (0xFF01, 0xFFEE),
)


def gb2312() -> Iterator[int]:
    """Every character of GB 2312."""
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                yield ord(bytes([row, cell]).decode("gb2312"))
            except UnicodeDecodeError:
                continue


def general_standard_table() -> Iterator[int]:
    """Every character of the Table of General Standard Chinese Characters, from Unihan's kTGH."""
    with bz2.open(UNIHAN, "rt", encoding="utf-8") as lines:
        for line in lines:
            found = re.match(r"U\+([0-9A-F]+)\tkTGH\t", line)
            if found:
                yield int(found[1], 16)


def common() -> set[int]:
    """What both weights hold."""
    marks = {point for first, last in LATIN_AND_MARKS for point in range(first, last + 1)}
    return marks | set(gb2312()) | set(general_standard_table())


def cut(collection: Path, wanted: set[int], target: Path) -> set[int]:
    """Writes the part of a font that holds the wanted characters; answers which of them it had."""
    options = subset.Options()
    options.layout_features = FEATURES
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = ["*"]
    options.recalc_timestamp = False
    font = TTFont(collection, fontNumber=SIMPLIFIED, recalcTimestamp=False)
    if font["name"].getBestFamilyName() != FAMILY:
        sys.exit(f"{collection}: face {SIMPLIFIED} is not {FAMILY}; another release of the font?")
    held = wanted & set(font.getBestCmap())
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=held)
    cutter.subset(font)
    font.save(target)
    return held


def ranges(points: Iterable[int]) -> Iterator[str]:
    """The points as lines of hexadecimal ranges, "4E00-9FFF"."""
    first = last = -2
    for point in [*sorted(points), -1]:
        if point == last + 1:
            last = point
            continue
        if first >= 0:
            yield f"{first:X}-{last:X}" if last > first else f"{first:X}"
        first = last = point


def main() -> None:
    """Writes the two faces and their coverage into the folder given."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    shared = common()
    regular = folder / "NotoSansCJKsc-Regular.otf"
    bold = folder / "NotoSansCJKsc-Bold.otf"
    held = cut(SOURCE / "NotoSansCJK-Regular.ttc", shared | set(range(0x4E00, 0xA000)), regular)
    bold_held = cut(SOURCE / "NotoSansCJK-Bold.ttc", shared, bold)
    (folder / "coverage.txt").write_text("\n".join(ranges(held)) + "\n", encoding="ascii")
    print(f"fonttools {version('fonttools')}")
    for path, count in ((regular, len(held)), (bold, len(bold_held))):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        print(f"{digest}  {path.name}  {path.stat().st_size} bytes  {count} characters")


if __name__ == "__main__":
    main()
