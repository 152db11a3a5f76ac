"""How often may the API be asked? So many times a minute by one address, or with one token wherever it is used.

Counted in the database, so that all processes of all servers count together. Neither address nor token can be read from
what is kept. A lost count would only let somebody ask a few times more: the row is not waited for until it is on the
disk, and where the database cannot be reached everybody may ask, since the law is answered without it.
"""

from __future__ import annotations

from django.conf import settings
from django.db import Error, connection

from yibao.services.results import Done, Refused
from yibao.services.sign_in.tally import key_of

SECONDS = 60
SIMULATIONS = 10
"""How many simulations one address may start in a minute."""
COUNT = """
    INSERT INTO access_tally AS t (key, tries, until)
    SELECT %(key)s, 1, clock_timestamp() + make_interval(secs => %(seconds)s) {leisure}
    ON CONFLICT (key) DO UPDATE SET
        tries = CASE WHEN t.until <= clock_timestamp() THEN 1 ELSE t.tries + 1 END,
        until = CASE WHEN t.until <= clock_timestamp() THEN excluded.until ELSE t.until END
    RETURNING tries, ceil(extract(epoch FROM until - clock_timestamp()))::int
"""
AT_LEISURE = "WITH leisure AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true) AS mode)"
REACHED = """
    SELECT ceil(extract(epoch FROM until - clock_timestamp()))::int FROM access_tally
    WHERE key = %s AND tries >= %s AND until > clock_timestamp()
"""


def may_ask(address: str, token: str = "") -> Done[None] | tuple[Refused, int]:
    """Count a request; refused, with the seconds to wait, where the address or the token asked too often.

    With a token only the token counts: a service may ask for many people from one address. An address from which
    wrong tokens come is refused like one that asks too often, so that a made-up token buys nothing.
    """
    limit = settings.API_PER_MINUTE
    try:
        if not token:
            tries, wait = _count("api_address", address)
        else:
            wait = _reached("api_wrong_token", address, limit)
            if wait:
                return _refused(wait)
            tries, wait = _count("api_token", token)
    except Error:
        return Done(None)
    return Done(None) if tries <= limit else _refused(wait)


def may_simulate(address: str) -> Done[None] | tuple[Refused, int]:
    """Count a simulation: each works out a whole population, so an address may start few of them in a minute."""
    try:
        tries, wait = _count("simulate_address", address)
    except Error:
        return Done(None)
    if tries <= SIMULATIONS:
        return Done(None)
    wait = max(1, wait)
    return Refused("too_many_requests", f"演算得太快了，一分钟最多{SIMULATIONS}次。请等{wait}秒再算。"), wait


def wrong_token(address: str) -> None:
    """Count a token that opened nothing."""
    try:
        _count("api_wrong_token", address)
    except Error:
        return


def _refused(seconds: int) -> tuple[Refused, int]:
    wait = max(1, seconds)
    message = f"问得太快了，一分钟最多{settings.API_PER_MINUTE}次。请等{wait}秒再问。"
    return Refused("too_many_requests", message), wait


def _count(what: str, of: str) -> tuple[int, int]:
    """Which try of this minute it is, and when the minute is over."""
    inside = connection.in_atomic_block  # there the setting would reach what else is written
    query = COUNT.format(leisure="" if inside else "FROM leisure WHERE mode = 'off'")
    with connection.cursor() as cursor:
        cursor.execute(query if inside else AT_LEISURE + query, {"key": key_of(what, of), "seconds": SECONDS})
        tries, wait = cursor.fetchone()
    return tries, wait


def _reached(what: str, of: str, limit: int) -> int:
    """How many seconds nothing may be tried; 0 where the limit is not reached."""
    with connection.cursor() as cursor:
        cursor.execute(REACHED, [key_of(what, of), limit])
        row = cursor.fetchone()
    return max(1, row[0]) if row else 0
