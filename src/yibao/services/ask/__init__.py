"""Ask in your own words: area, topic and facts are found in a sentence, and the answer is the same as everywhere.

Needs no network, no Django and no database. The vocabulary is data beside the code; docs/ask.md says how to extend it.
"""

from yibao.services.ask.ask import ask
from yibao.services.ask.shapes import Asked, Back, Part

__all__ = ["Asked", "Back", "Part", "ask"]
