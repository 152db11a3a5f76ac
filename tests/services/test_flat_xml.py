"""Is a message read, and nothing else: no entity, no document type, nothing long or deep?"""

import doctest

import pytest

from yibao.services import flat_xml
from yibao.services.chat import fitting
from yibao.services.messengers import rsa2

LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    "<xml><Content>&c;</Content></xml>"
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xml><Content>&a;</Content></xml>'


@pytest.mark.parametrize(
    "text",
    [
        LAUGHS,
        OUTSIDE,
        '<!DOCTYPE xml SYSTEM "http://127.0.0.1/x.dtd"><xml/>',
        "<xml><Content>&a;</Content></xml>",
        "<xml><Content>",
        "",
        "<xml/><xml/>",
        f"<xml><Content>{'a' * flat_xml.BYTES_MAX}</Content></xml>",
        "<a>" * 9 + "</a>" * 9,
    ],
)
def test_what_is_refused(text: str) -> None:
    with pytest.raises(flat_xml.NotFlatXml):
        flat_xml.read(text)


def test_whatever_is_written_is_read_again() -> None:
    texts = {"A": "a]]>b", "B": "<b>&amp;</b>", "C": "第一行\n第二行", "D": "]]]]>>", "E": "a\x00\x08b", "F": ""}
    read = flat_xml.read(flat_xml.written("xml", texts))
    assert read == texts | {"E": "ab"}


def test_a_declaration_of_another_code_page_changes_nothing() -> None:
    text = '<?xml version="1.0" encoding="gbk"?><XML><Text><Content><![CDATA[医保]]></Content></Text></XML>'
    assert flat_xml.read(text)["Text.Content"] == "医保"


@pytest.mark.parametrize("module", [flat_xml, fitting, rsa2])
def test_the_examples_are_true(module: object) -> None:
    found = doctest.testmod(module)  # type: ignore[arg-type]
    assert found.attempted
    assert not found.failed
