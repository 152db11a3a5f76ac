"""Are the books right? The ledger's invariants, and every entry that the law decides worked out anew."""

from yibao.services.check_books.check import Checked, check_books
from yibao.services.check_books.posted import Difference

__all__ = ["Checked", "Difference", "check_books"]
