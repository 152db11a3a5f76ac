"""When does the session end: as a clock shows it, and in seconds for the script that warns."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any

from django import template

from yibao.channels.portal.signed_in import WARNING_SECONDS, ends_at
from yibao.services.clock import CHINA

register = template.Library()


@register.simple_tag(takes_context=True)
def session_end(context: template.Context) -> dict[str, Any]:
    """The end of the session of a `signed_in` page. The minute is rounded down: it is never promised too long."""
    seconds = ends_at(context["request"])
    clock = datetime.fromtimestamp(seconds, CHINA).strftime("%H:%M")
    return {"seconds": seconds, "now": int(time.time()), "warn": WARNING_SECONDS, "clock": clock}


@register.simple_tag(takes_context=True)
def is_demo(context: template.Context) -> bool:
    """Whether the person who is signed in is made up; looked up once a session."""
    request = context["request"]
    if "demo" not in request.session:
        request.session["demo"] = bool(request.user.person.is_demo)
    return bool(request.session["demo"])
