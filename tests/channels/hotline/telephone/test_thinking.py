"""Does a call keep its conversation in another process, and is what dies there told and started again?"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from yibao.channels.hotline import thinking
from yibao.channels.hotline.shapes import Collect, Turn
from yibao.channels.hotline.thinking import Remote, Thinkers

ECHO = "tests.sip.minds:echo"


@asynccontextmanager
async def echoes(many: int) -> AsyncIterator[Thinkers]:
    thinkers = Thinkers(ECHO, many)
    await thinkers.start()
    try:
        yield thinkers
    finally:
        await thinkers.close()
    assert all(one._process.poll() is not None for one in thinkers._all), "a process is left"


def tried(test: Callable[[Thinkers], Awaitable[None]], many: int = 1) -> None:
    async def run() -> None:
        async with echoes(many) as thinkers:
            await test(thinkers)

    asyncio.run(run())


async def another(thinkers: Thinkers, dead: Remote) -> None:
    """Wait until another process is there in the place of the only one."""
    async with asyncio.timeout(60):
        while thinkers._all[0] is dead.thinker:
            await asyncio.sleep(0.02)


def test_a_call_stays_with_its_process_and_new_ones_go_where_fewest_are() -> None:
    async def test(thinkers: Thinkers) -> None:
        calls = [thinkers.conversation(f"100{n}", f"call {n}") for n in range(4)]
        first = await asyncio.gather(*(call.start() for call in calls))
        assert first[0] == Turn((first[0].say[0], "1000"), Collect(3, seconds=7.5, secret=True), False, "slow", "en")
        assert len({turn.say[0] for turn in first[:2]}) == len({turn.say[0] for turn in first}) == 2
        for call, turn in zip(calls, first, strict=True):
            assert await call.pressed("4*") == Turn((*turn.say, "4*"), end=True)
            assert (await call.pressed("")).say == (*turn.say, "4*", "")
        calls[1].hung_up()
        calls[3].hung_up()
        late = [thinkers.conversation("", f"late {n}").thinker for n in range(2)]
        assert late == [calls[1].thinker] * 2

    tried(test, many=2)


def test_a_step_that_fails_fails_alone(caplog: pytest.LogCaptureFixture) -> None:
    async def test(thinkers: Thinkers) -> None:
        one, other = thinkers.conversation("1", "one"), thinkers.conversation("2", "other")
        await asyncio.gather(one.start(), other.start())
        with pytest.raises(OSError, match="failed"):
            await one.pressed("2")
        assert (await other.pressed("5")).say[1:] == ("2", "5")
        one.hung_up()
        with pytest.raises(OSError, match="failed"):
            await one.pressed("5")

    tried(test)


def test_a_process_that_dies_takes_its_calls_along_and_another_is_started() -> None:
    async def test(thinkers: Thinkers) -> None:
        one, other = thinkers.conversation("1", "one"), thinkers.conversation("2", "other")
        await asyncio.gather(one.start(), other.start())
        with pytest.raises(OSError, match="died"):
            await one.pressed("1")
        with pytest.raises(OSError, match="died"):
            await other.pressed("5")
        one.hung_up()
        await another(thinkers, one)
        assert (await thinkers.conversation("3", "next").start()).say[1] == "3"

    tried(test)


def test_a_process_that_hangs_is_ended_and_another_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thinking, "STEP_S", 0.1)

    async def test(thinkers: Thinkers) -> None:
        one = thinkers.conversation("1", "one")
        await one.start()
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(one.pressed("3"), 0.5)
        await another(thinkers, one)
        assert await thinkers.conversation("2", "next").start()

    tried(test)


def test_whoever_hangs_up_during_a_step_disturbs_nobody() -> None:
    async def test(thinkers: Thinkers) -> None:
        one, other = thinkers.conversation("1", "one"), thinkers.conversation("2", "other")
        step = asyncio.ensure_future(one.start())
        await asyncio.sleep(0)
        step.cancel()
        one.hung_up()
        assert (await other.start()).say[1] == "2"
        again = thinkers.conversation("3", "one")
        assert (await again.start()).say[1] == "3"

    tried(test)


def test_one_that_cannot_be_started_is_said() -> None:
    async def run(make: str) -> None:
        with pytest.raises(OSError, match="对话程序启动不了"):
            await Thinkers(make, 2).start()

    asyncio.run(run("tests.sip.minds:refusing"))
