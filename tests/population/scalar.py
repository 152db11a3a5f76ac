"""A chain for one person by the rules themselves, as plain Python: what every other way must equal."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, get_type_hints

from yibao.law.lowering.chains import CHAINS
from yibao.law.parameters.resolving import resolve
from yibao.law.parameters.shapes import Law
from yibao.law.registry import in_force
from yibao.law.values import Missing, NeedsFact, NotApplicable, Unset

NOT_KNOWN, NOT_FOR_THEM = "not known", "does not apply"


def figures(
    chain: str, row: Mapping[str, Any], area: str, on: date, law_of: Callable[..., Law] = resolve
) -> tuple[str, dict[str, int]]:
    """Why there is nothing ("": there is), and the figures; one that is not known is not among them."""
    known, found, main, why = dict(row), {}, "", ""
    for link in CHAINS[chain]:
        function = in_force(link.topic, on).function
        hints = get_type_hints(function)
        law, *names = [name for name in hints if name != "return"]
        if not link.otherwise and not main:
            main = link.topic
        try:
            made = function(law_of(hints[law], area, on), *(known.get(name, Unset(name)) for name in names))
        except (Missing, NeedsFact):
            made, why = None, NOT_KNOWN if link.topic == main else why
        if isinstance(made, NotApplicable):
            known |= link.otherwise
            why = NOT_FOR_THEM if link.topic == main else why
        elif made is not None:
            known |= made._asdict()
            found |= made._asdict()
        if why:
            return why, {}
    return "", found
