"""What do machines read of the guides: JSON-LD that is data only, a sitemap that is whole?"""

import json
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

from tests.services.guides.made import made

from yibao.services.guides import json_ld, sitemap
from yibao.services.guides.shapes import Lead


def test_the_questions_and_answers_are_those_of_the_page() -> None:
    found = made("110000", "allocation")
    told = json.loads(json_ld(found, "https://yibao.example/guide/110000/allocation/"))
    assert told["@context"] == "https://schema.org"
    assert "FAQPage" in told["@type"]
    assert told["dateModified"] == found.newest
    assert told["url"].endswith("/guide/110000/allocation/")
    first = told["mainEntity"][0]
    assert first["name"] == "北京市：每月划入个人账户多少钱"
    assert found.lead[0].words in first["acceptedAnswer"]["text"]
    assert any("到窗口查" in one["acceptedAnswer"]["text"] for one in told["mainEntity"])


def test_nothing_in_it_ends_the_script_or_is_markup() -> None:
    hostile = '</script><script>alert("1")</script>&<!-- \u2028 '
    found = replace(made("110000", "allocation"), lead=(Lead("", hostile, ""),))
    text = json_ld(found)
    assert not set(text) & set("<>&\u2028\u2029")
    assert hostile in json.loads(text)["mainEntity"][0]["acceptedAnswer"]["text"]
    assert "url" not in json.loads(text)


def test_a_sitemap_is_xml_with_each_address() -> None:
    root = ElementTree.fromstring(sitemap([("https://a.example/?a=1&b=2", "2026-11-22"), ("https://a.example/x/", "")]))
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    assert [one.text for one in root.findall("s:url/s:loc", space)] == [
        "https://a.example/?a=1&b=2",
        "https://a.example/x/",
    ]
    assert [one.text for one in root.findall("s:url/s:lastmod", space)] == ["2026-11-22"]
