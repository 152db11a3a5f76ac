"""A chart of changes: more to the right of a line, less to the left, and a picture that stands alone has its title."""

from xml.etree import ElementTree

from yibao.services.charts import Bar, Chart, Piece, svg
from yibao.services.documents.typesetting import png

GIVEN = (("老", 3_000), ("中", 0), ("青", -1_000))
CHANGES = Chart("change", "按年龄看", "fen", tuple(Bar(word, (Piece(word, n, n),)) for word, n in GIVEN))
SVG = "{http://www.w3.org/2000/svg}"


def test_bars_lie_on_both_sides_of_one_line() -> None:
    drawn = ElementTree.fromstring(svg(CHANGES))
    boxes = [(int(box.attrib["x"]), int(box.attrib["width"])) for box in drawn.iter(f"{SVG}rect") if "x" in box.attrib]
    (right, longest), (left, shorter) = boxes
    assert left + shorter <= right
    assert abs(longest - 3 * shorter) < 8


def test_words_carry_the_sign() -> None:
    assert CHANGES.summary == "老 +30.00 元；中 0.00 元；青 −10.00 元。"


def test_a_picture_alone_has_its_title() -> None:
    words = "".join(ElementTree.fromstring(svg(CHANGES, headed=True)).itertext())
    assert words.count("按年龄看") == 2  # above it, and for those who do not see it
    assert png(svg(CHANGES, headed=True)).startswith(b"\x89PNG\r\n")
