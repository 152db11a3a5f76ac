"""`yibao hotline`: the voice, the sentences made ahead, the sockets, and then calls until it is stopped."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import gc
import logging
import os
import signal
import ssl
import sys
import threading
from collections.abc import AsyncIterator
from pathlib import Path

from yibao.channels.hotline.admission import Admission, networks
from yibao.channels.hotline.prompts import Prompts
from yibao.channels.hotline.ringing import Ringing
from yibao.channels.hotline.server import Hotline
from yibao.channels.hotline.talk import SENTENCES
from yibao.channels.hotline.thinking import DESK, REAL, Thinkers
from yibao.channels.hotline.transports import Tcp, Tls, Transport, Udp
from yibao.channels.hotline.turns import fixed_sentences
from yibao.channels.hotline.voices import VoiceRefused

log = logging.getLogger(__name__)
GRACE_S = 30.0
SWITCH_S = 0.001
"""How long a thread that works may keep the others from the interpreter: the one that sends sound waits for it."""


def run(options: argparse.Namespace) -> int:
    """Exit status 0 stopped as asked, 2 could not start, with one plain sentence. The books are at hand."""
    from django.conf import settings

    try:
        return serve(options, Path(settings.DATA) / "hotline" / "voice")
    except VoiceRefused as refused:
        print(refused, file=sys.stderr)
    except (ssl.SSLError, OSError) as problem:
        print(f"热线启动不了：{problem}。The hotline cannot start.", file=sys.stderr)
    return 2


def serve(options: argparse.Namespace, folder: Path) -> int:
    """Have everything ready before the first call, then take calls."""
    prompts = Prompts(options.voice, folder, [*fixed_sentences(), *SENTENCES])
    try:
        print("== 准备语音 · making the sentences ahead", flush=True)
        prompts.make_ahead(["normal"])
        settle()
        asyncio.run(_serve(options, prompts))
    finally:
        prompts.close()
    return 0


async def _serve(options: argparse.Namespace, prompts: Prompts) -> None:
    thinkers = Thinkers(REAL)
    hotline = Hotline(
        _transports(options),
        thinkers.conversation,
        prompts,
        Admission(options.calls, networks(options.trunk)),
        ports=options.rtp_ports,
        advertised=options.advertise,
    )
    asked = _asked_to_stop()
    await thinkers.start()
    try:
        await hotline.start()
        async with _ringing(options, hotline) as ringing:
            await _until_asked(options, hotline, ringing, prompts, asked)
    finally:
        await thinkers.close()


@contextlib.asynccontextmanager
async def _ringing(options: argparse.Namespace, hotline: Hotline) -> AsyncIterator[Ringing | None]:
    """What makes calls, where there is an exchange to make them by."""
    if options.dial is None:
        yield None
        return
    desk = Thinkers(DESK, 1)
    await desk.start()
    try:
        ringing = Ringing(hotline, desk, options.dial)
        ringing.start()
        yield ringing
        await ringing.close()
    finally:
        await desk.close()


async def _until_asked(
    options: argparse.Namespace, hotline: Hotline, ringing: Ringing | None, prompts: Prompts, asked: asyncio.Event
) -> None:
    others = threading.Thread(target=_make_others, args=(prompts,), daemon=True)
    others.start()
    print(f"\n热线已就绪，请拨打 sip:12393@{options.host}:{options.port}      停止：Ctrl-C", flush=True)
    print(f"the hotline is ready: sip:12393@{options.host}:{options.port}      to stop: Ctrl-C\n", flush=True)
    await asked.wait()
    asked.clear()
    print(f"不再接新电话，最多等 {GRACE_S:.0f} 秒 · no new calls; waiting for those that are going on", flush=True)
    if ringing is not None:
        await ringing.stop()
    with contextlib.suppress(TimeoutError):
        stopping = asyncio.ensure_future(hotline.stop(GRACE_S))
        again = asyncio.ensure_future(asked.wait())
        await asyncio.wait({stopping, again}, return_when=asyncio.FIRST_COMPLETED)
        again.cancel()
        if not stopping.done():  # asked a second time: at once
            stopping.cancel()
            await asyncio.gather(stopping, return_exceptions=True)
            await hotline.stop(0)


def _asked_to_stop() -> asyncio.Event:
    asked, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, asked.set)
    return asked


def _transports(options: argparse.Namespace) -> list[Transport]:
    there: list[Transport] = [Udp((options.host, options.port)), Tcp((options.host, options.port))]
    if options.tls_port:
        there.append(Tls((options.host, options.tls_port)).with_certificate(options.certificate, options.key))
    return there


def _make_others(prompts: Prompts) -> None:
    """The other speeds, beside the calls."""
    try:
        prompts.make_ahead(["slow", "fast"])
    except (VoiceRefused, RuntimeError) as problem:  # RuntimeError: the interpreter is ending
        log.info("not every sentence was made ahead: %s", type(problem).__name__)


def settle() -> None:
    """What is loaded now stays: the collector need not look at it again in the middle of a call. And this thread, which
    will send the sound, goes before every other program where we may: sound that comes late is a hole in what people
    hear. What it starts later does not go before others."""
    sys.setswitchinterval(SWITCH_S)
    with contextlib.suppress(AttributeError, PermissionError):  # the first where the system is not Linux
        os.sched_setscheduler(0, os.SCHED_RR | os.SCHED_RESET_ON_FORK, os.sched_param(1))
    gc.collect()
    gc.freeze()
