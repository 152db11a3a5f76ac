"""How many months count, and how did each come to count?"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counted:
    """The months that count for the years asked for: employee's scheme only, each calendar month once."""

    paid: int  # paid in its month
    back_paid: int
    deemed: int
    carried_paid: int  # before the books begin (结转)
    carried_deemed: int
    local: int  # really paid in the area of the record, carried ones included

    @property
    def paid_months(self) -> int:
        """Really paid."""
        return self.paid + self.back_paid + self.carried_paid

    @property
    def deemed_months(self) -> int:
        """Counted without having been paid."""
        return self.deemed + self.carried_deemed

    @property
    def total(self) -> int:
        """All that counts."""
        return self.paid_months + self.deemed_months

    def told(self) -> list[tuple[str, int]]:
        """Each way to count in words, with its months; ways without any are left out."""
        ways = [
            ("按月缴的", self.paid),
            ("补缴的", self.back_paid),
            ("视同的", self.deemed),
            ("建账以前缴的（结转）", self.carried_paid),
            ("建账以前视同的（结转）", self.carried_deemed),
        ]
        return [(words, months) for words, months in ways if months]
