"""What does somebody's record say? Every call takes the `Actor`, asks whether it may read, and writes the access log.

    home(actor)  movements(actor, year, kind, page)  movement(actor, day, number)  months(actor, year)
    coverage(actor)  enrolments(actor)  allocation(actor, month)  years(actor)  what_if(actor, change, …)
    lookers(actor, page)  patient(actor)  eligibility(actor, day)  statement(actor): the record for paper

Each gives `Done(shape)` or `Refused`: `not_found` alike for a record that is not there and for one that the actor may
not read; `not_enrolled` only to the person whose own record is empty. `whose=Whose(person, reason)`: another's record.
"""

from yibao.services.records.allocation import allocation
from yibao.services.records.coverage import coverage
from yibao.services.records.enrolments import enrolments
from yibao.services.records.facts import facts_of
from yibao.services.records.home import home
from yibao.services.records.insured import eligibility, patient
from yibao.services.records.lookers import lookers
from yibao.services.records.months import months
from yibao.services.records.movement import movement
from yibao.services.records.movements import movements
from yibao.services.records.shapes import Whose
from yibao.services.records.statement import statement
from yibao.services.records.what_if import what_if
from yibao.services.records.years import years

__all__ = [
    "Whose",
    "allocation",
    "coverage",
    "eligibility",
    "enrolments",
    "facts_of",
    "home",
    "lookers",
    "months",
    "movement",
    "movements",
    "patient",
    "statement",
    "what_if",
    "years",
]
