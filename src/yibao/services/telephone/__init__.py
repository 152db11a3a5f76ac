"""What does a caller need that no page needs: signing in by keys, an answer by short message, the areas kept here?

by_pin(number, pin, caller)  send_code(number, caller)  by_code(sent, digits)
answer_to_caller(caller, text)  answer_to_registered(actor, text)  areas_here()
"""

from yibao.services.telephone.areas import areas_here
from yibao.services.telephone.messages import answer_to_caller, answer_to_registered, is_mobile
from yibao.services.telephone.sign_in import SentCode, SignedIn, by_code, by_pin, send_code

__all__ = [
    "SentCode",
    "SignedIn",
    "answer_to_caller",
    "answer_to_registered",
    "areas_here",
    "by_code",
    "by_pin",
    "is_mobile",
    "send_code",
]
