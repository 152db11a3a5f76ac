"""How is a message in XML read and written? A root with elements in it, as WeChat and Alipay send them.

The parser takes no document type, so that there are no entities to swell or to fetch.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.parsers import expat

BYTES_MAX, DEEP_MAX = 64 * 1024, 6


class NotFlatXml(ValueError):
    """It is no XML, too long, or has a document type."""


def read(text: str) -> dict[str, str]:
    """The texts below the root, by the names that lead to them; what stands twice is joined.

    >>> read("<xml><MsgType><![CDATA[text]]></MsgType><Text><Content>1</Content></Text></xml>")
    {'MsgType': 'text', 'Text': '', 'Text.Content': '1'}
    """
    data = text.encode()
    if len(data) > BYTES_MAX:
        raise NotFlatXml("too long")
    found: dict[str, str] = {}
    open_names: list[str] = []

    def started(name: str, _: dict[str, str]) -> None:
        open_names.append(name)
        if len(open_names) > DEEP_MAX:
            raise NotFlatXml("too deep")
        if len(open_names) > 1:
            found.setdefault(".".join(open_names[1:]), "")

    def said(words: str) -> None:
        if len(open_names) > 1:
            found[".".join(open_names[1:])] += words

    parser = expat.ParserCreate(encoding="utf-8")  # whatever it says of itself: it was decoded before
    parser.StartDoctypeDeclHandler = _refused
    parser.StartElementHandler = started
    parser.EndElementHandler = lambda _: open_names.pop()
    parser.CharacterDataHandler = said
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise NotFlatXml(str(error)) from None
    return found


def written(root: str, fields: Mapping[str, object]) -> str:
    """The XML of some fields; texts as CDATA, numbers bare.

    >>> written("xml", {"To": "a]]>b", "CreateTime": 12})
    '<xml><To><![CDATA[a]]]]><![CDATA[>b]]></To><CreateTime>12</CreateTime></xml>'
    """
    parts = [
        f"<{name}>{value if isinstance(value, int) else _cdata(str(value))}</{name}>" for name, value in fields.items()
    ]
    return f"<{root}>{''.join(parts)}</{root}>"


def _cdata(text: str) -> str:
    plain = "".join(sign for sign in text if sign >= " " or sign in "\n\t")
    return "<![CDATA[" + plain.replace("]]>", "]]]]><![CDATA[>") + "]]>"


def _refused(*_: Any) -> None:
    raise NotFlatXml("a document type")
