"""A demo area: made-up people whose five years of history obey the law to the fen (decision 17)."""

from yibao.services.demo.made import ASSUMED, Made, begun, make
from yibao.services.demo.sign_ins import SignIn, sign_ins
from yibao.services.demo.telling import how_to_sign_in, told

__all__ = ["ASSUMED", "Made", "SignIn", "begun", "how_to_sign_in", "make", "sign_ins", "told"]
