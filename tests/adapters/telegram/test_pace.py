"""Turns for sending keep Telegram's limits, each chat's order, and let people's answers pass first."""

import asyncio
from random import Random

import pytest

from adapters.telegram import pace
from adapters.telegram.pace import Pace, Urgency


class Clock:
    """Time that passes only while the loop would have slept."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1000.0
        loop = asyncio.get_running_loop()
        self._calls: list[tuple[float, asyncio.Handle]] = []
        monkeypatch.setattr("adapters.telegram.pace.time.monotonic", lambda: self.now)
        monkeypatch.setattr(loop, "call_later", self._call_later)
        self._loop = loop

    def _call_later(self, delay: float, callback: object, *args: object) -> asyncio.Handle:
        handle = asyncio.Handle(callback, args, self._loop)  # type: ignore[arg-type]
        self._calls.append((self.now + delay, handle))
        return handle

    async def sleep(self, seconds: float) -> None:
        """What asyncio.sleep is in this time."""
        future: asyncio.Future[None] = self._loop.create_future()
        self._call_later(seconds, future.set_result, None)
        await future

    async def run(self, seconds: float) -> None:
        """Let that much time pass, call by call."""
        end = self.now + seconds
        await breathe()
        while due := [call for call in self._calls if call[0] <= end]:
            at, handle = min(due, key=lambda call: call[0])
            self._calls.remove((at, handle))
            self.now = max(self.now, at)
            handle._run()
            await breathe()
        self.now = end


async def breathe() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


class Sent:
    """Requests that record when their turn came."""

    def __init__(self, pace: Pace, clock: Clock) -> None:
        self.pace, self.clock = pace, clock
        self.log: list[tuple[str, float]] = []
        self.tasks: list[asyncio.Task[None]] = []

    def ask(self, name: str, chat: int, urgency: Urgency = Urgency.POST) -> asyncio.Task[None]:
        task = asyncio.create_task(self._send(name, chat, urgency))
        self.tasks.append(task)
        return task

    async def _send(self, name: str, chat: int, urgency: Urgency) -> None:
        async with self.pace.turn(chat, urgency):
            self.log.append((name, self.clock.now))

    def names(self) -> list[str]:
        return [name for name, _ in self.log]


@pytest.fixture
async def sent(monkeypatch: pytest.MonkeyPatch) -> Sent:
    return Sent(Pace(), Clock(monkeypatch))


def most_within(times: list[float], span: float) -> int:
    return max(sum(start <= time < start + span for time in times) for start in times)


@pytest.mark.parametrize("seed", range(5))
async def test_whenever_the_server_takes_them_between_turn_and_answer_the_limit_holds(sent: Sent, seed: int) -> None:
    chance, taken, begun = Random(seed), [], sent.clock.now

    async def request(chat: int) -> None:
        async with sent.pace.turn(chat, Urgency.POST):
            await sent.clock.sleep(chance.random() * 0.3)
            taken.append(sent.clock.now)
            await sent.clock.sleep(chance.random() * 0.3)

    tasks = [asyncio.create_task(request(1000 + number)) for number in range(200)]
    await sent.clock.run(20)
    assert all(task.done() for task in tasks)
    assert most_within(sorted(taken), 1.0) <= 30
    assert max(taken) - begun < 12


async def test_no_second_sees_more_than_thirty_and_the_rate_comes_close_to_it(sent: Sent) -> None:
    for number in range(300):
        sent.ask("x", 1000 + number)
    await sent.clock.run(10.5)
    times = [time for _, time in sent.log]
    assert len(times) == 300
    assert most_within(times, 1.0) <= 30
    assert 299 / (times[-1] - times[0]) > 30 * 0.95


async def test_a_group_gets_at_most_twenty_a_minute_and_others_do_not_wait_for_it(sent: Sent) -> None:
    for _ in range(25):
        sent.ask("group", -1)
    for number in range(5):
        sent.ask("other", -10 - number)
    await sent.clock.run(59)
    assert sent.names().count("group") == 20
    assert sent.names().count("other") == 5
    assert max(time for name, time in sent.log if name == "other") < 1002
    await sent.clock.run(40)
    assert sent.names().count("group") == 25


async def test_one_chat_gets_about_one_a_second_after_a_short_burst(sent: Sent) -> None:
    for _ in range(10):
        sent.ask("x", 5)
    await sent.clock.run(20)
    times = [time for _, time in sent.log]
    assert most_within(times, 3.0) == 3


async def test_a_chat_keeps_its_order(sent: Sent) -> None:
    for number in range(8):
        sent.ask(str(number), 5)
    await sent.clock.run(20)
    assert sent.names() == [str(number) for number in range(8)]


async def test_a_persons_answer_passes_what_was_waiting(sent: Sent) -> None:
    for number in range(6):
        sent.ask(f"post {number}", 5)
    sent.ask("answer", 5, Urgency.ANSWER)
    await sent.clock.run(20)
    assert sent.names().index("answer") == 3


async def test_a_persons_answer_passes_posts_to_other_chats_when_everybody_waits(sent: Sent) -> None:
    for number in range(60):
        sent.ask("post", 100 + number)
    await sent.clock.run(0.1)
    sent.ask("answer", 7, Urgency.ANSWER)
    await sent.clock.run(5)
    assert sent.names().index("answer") == 30


async def test_a_refused_chat_waits_as_told_and_the_others_go_on(sent: Sent) -> None:
    sent.pace.hold(5, 35)
    sent.ask("held", 5)
    sent.ask("free", 6)
    await sent.clock.run(34.9)
    assert sent.names() == ["free"]
    await sent.clock.run(0.2)
    assert sent.names() == ["free", "held"]


async def test_two_chats_refused_at_once_mean_the_whole_bot(sent: Sent) -> None:
    sent.pace.hold(5, 10)
    sent.pace.hold(6, 10)
    sent.ask("other", 7)
    await sent.clock.run(9.9)
    assert sent.names() == []
    await sent.clock.run(0.2)
    assert sent.names() == ["other"]


async def test_one_chat_has_one_request_in_flight(sent: Sent) -> None:
    gate = asyncio.Event()

    async def slow() -> None:
        async with sent.pace.turn(5, Urgency.POST):
            await gate.wait()

    task = asyncio.create_task(slow())
    await breathe()
    sent.ask("second", 5)
    await sent.clock.run(5)
    assert sent.names() == []
    gate.set()
    await task
    await sent.clock.run(5)
    assert sent.names() == ["second"]


async def test_who_gives_up_waiting_blocks_nobody(sent: Sent) -> None:
    for number in range(4):
        sent.ask(str(number), 5)
    waiting = sent.ask("gives up", 5)
    sent.ask("last", 5)
    await sent.clock.run(0.1)
    waiting.cancel()
    await sent.clock.run(10)
    assert sent.names() == ["0", "1", "2", "3", "last"]
    assert sent.pace.waiting == 0


async def test_idle_chats_are_forgotten(sent: Sent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "MOST_LANES", 10)
    for number in range(12):
        sent.ask("x", 100 + number)
        await sent.clock.run(10)
    assert len(sent.pace._lanes) <= 10
    assert len(sent.log) == 12
