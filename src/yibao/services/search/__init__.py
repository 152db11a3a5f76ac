"""Search over guides and law, by word, document number or article: one service behind every channel, no database."""

from yibao.services.search.index import prepare
from yibao.services.search.marking import Piece
from yibao.services.search.searching import TITLES, Found, Hit, search, warm

__all__ = ["TITLES", "Found", "Hit", "Piece", "prepare", "search", "warm"]
