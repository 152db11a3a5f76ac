"""Guides: for every area and topic a page of what the law gives in the common cases, and what to do. No Django."""

from yibao.services.guides.guide import guide
from yibao.services.guides.machine import json_ld, sitemap
from yibao.services.guides.places import addresses, areas_within, codes, place, provinces
from yibao.services.guides.shapes import Guide

__all__ = ["Guide", "addresses", "areas_within", "codes", "guide", "json_ld", "place", "provinces", "sitemap"]
