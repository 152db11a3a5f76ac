"""Which area's rules apply? Divisions of GB/T 2260, pooling areas (统筹区), and the reading of what people type.

Nothing is read from disk before the first question.
"""

from yibao.law.areas.errors import AmbiguousArea, AreaError, UnknownArea
from yibao.law.areas.mentions import Mention, mentions
from yibao.law.areas.records import Division, Place, PoolingArea
from yibao.law.areas.search import chain, find
from yibao.law.areas.tables import division, path, pooling_area, pooling_areas_of

__all__ = [
    "AmbiguousArea",
    "AreaError",
    "Division",
    "Mention",
    "Place",
    "PoolingArea",
    "UnknownArea",
    "chain",
    "division",
    "find",
    "mentions",
    "path",
    "pooling_area",
    "pooling_areas_of",
]
