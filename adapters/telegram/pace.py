"""Turns for sending: one queue per chat, people's answers first, within Telegram's documented limits."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from enum import IntEnum
from heapq import heapify, heappop, heappush
from math import inf
from typing import TypeVar

from bot.chat.errors import SlowDown

MOST_LANES = 5_000
"""Idle chats beyond this number are forgotten."""

LONGEST_WAIT = timedelta(seconds=60)
"""A person does not wait longer than this for an answer that Telegram delays."""

_EVERYWHERE_WITHIN = 2.0

R = TypeVar("R")


class Urgency(IntEnum):
    """Who waits: a person for an answer, or nobody in particular."""

    ANSWER = 0
    POST = 1


@dataclass(slots=True)
class Window:
    """At most `most` requests within `span` seconds, as the server sees them.

    A request counts from its turn until `span` after its answer, for the server takes it somewhere between the two.
    So the limit holds whatever the network does.
    """

    most: int
    span: float
    flying: int = 0
    ended: deque[float] = field(default_factory=deque)

    def wait(self, now: float) -> float:
        """Seconds until one more fits; infinite while only an answer can make room."""
        while self.ended and self.ended[0] <= now - self.span:
            self.ended.popleft()
        if self.flying + len(self.ended) < self.most:
            return 0.0
        return self.ended[0] + self.span - now if self.ended else inf

    def end(self, now: float) -> None:
        """The answer to one request came."""
        self.flying -= 1
        self.ended.append(now)


@dataclass(slots=True)
class Lane:
    """The queue of one chat; one request at a time keeps its order."""

    windows: tuple[Window, ...]
    waiting: list[tuple[int, int, asyncio.Future[None]]] = field(default_factory=list)
    busy: bool = False
    held_until: float = 0.0
    timer: asyncio.TimerHandle | None = None

    def wait(self, now: float) -> float:
        """Seconds until the chat may receive again."""
        return max(self.held_until - now, *(window.wait(now) for window in self.windows))

    def is_idle(self, now: float) -> bool:
        """Whether nothing would be lost by forgetting it."""
        if self.busy or self.waiting or self.timer or self.wait(now) > 0:
            return False
        return not any(window.ended for window in self.windows)


class Pace:
    """Gives turns: 30 a second overall, about 1 a second in a chat with short bursts, 20 a minute in a group."""

    def __init__(self, overall: int = 30, in_group: int = 20, burst: int = 3) -> None:
        self._overall = Window(overall, 1.0)
        self._in_group = in_group
        self._burst = burst
        self._lanes: dict[int, Lane] = {}
        self._ready: list[tuple[int, int, int]] = []
        self._count = 0
        self._timer: asyncio.TimerHandle | None = None
        self._limited: tuple[int, float] = (0, 0.0)

    @property
    def waiting(self) -> int:
        """How many requests wait for their turn."""
        return sum(len(lane.waiting) for lane in self._lanes.values())

    @asynccontextmanager
    async def turn(self, chat: int, urgency: Urgency) -> AsyncIterator[None]:
        """Wait until this chat may receive one request, and hold the chat until it was made."""
        lane = self._lane(chat)
        await self._wait(lane, chat, urgency)
        try:
            yield
        finally:
            self._end(lane, chat)

    def hold(self, chat: int, seconds: float) -> None:
        """Telegram refused: send nothing there for that long; two chats refused at once mean all of them."""
        now = time.monotonic()
        self._lane(chat).held_until = now + seconds
        other, at = self._limited
        self._limited = (chat, now)
        if other not in (0, chat) and now - at < _EVERYWHERE_WITHIN:
            self._overall.ended = deque([now + seconds - self._overall.span] * self._overall.most)

    async def _wait(self, lane: Lane, chat: int, urgency: Urgency) -> None:
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._count += 1
        entry = (int(urgency), self._count, future)
        heappush(lane.waiting, entry)
        self._offer(chat)
        try:
            await future
        except asyncio.CancelledError:
            if future.done() and not future.cancelled():
                self._end(lane, chat)
            else:
                lane.waiting = [other for other in lane.waiting if other is not entry]
                heapify(lane.waiting)
            raise

    def _end(self, lane: Lane, chat: int) -> None:
        now = time.monotonic()
        lane.busy = False
        for window in (self._overall, *lane.windows):
            window.end(now)
        self._offer(chat)
        self._pump()

    def _offer(self, chat: int) -> None:
        """Let the chat's next request run as soon as its own limits allow it."""
        lane = self._lanes[chat]
        if lane.busy or not lane.waiting:
            return
        if (wait := lane.wait(time.monotonic())) > 0:
            if lane.timer is None:
                lane.timer = asyncio.get_running_loop().call_later(wait, self._ring, chat)
            return
        urgency, count, _ = lane.waiting[0]
        heappush(self._ready, (urgency, count, chat))
        self._pump()

    def _ring(self, chat: int) -> None:
        self._lanes[chat].timer = None
        self._offer(chat)

    def _pump(self) -> None:
        while self._ready:
            now = time.monotonic()
            if (wait := self._overall.wait(now)) > 0:
                self._later(wait)
                return
            lane = self._lanes[heappop(self._ready)[2]]
            if lane.busy or not lane.waiting or lane.wait(now) > 0:
                continue  # offered twice; whoever changed the lane offers it again
            _, _, future = heappop(lane.waiting)
            lane.busy = True
            for window in (self._overall, *lane.windows):
                window.flying += 1
            future.set_result(None)

    def _later(self, wait: float) -> None:
        if self._timer is None and wait < inf:
            self._timer = asyncio.get_running_loop().call_later(wait, self._resume)

    def _resume(self) -> None:
        self._timer = None
        self._pump()

    def _lane(self, chat: int) -> Lane:
        lane = self._lanes.get(chat)
        if lane is None:
            self._forget_idle()
            windows = [Window(self._burst, float(self._burst))]
            if chat < 0:
                windows.append(Window(self._in_group, 60.0))
            lane = self._lanes[chat] = Lane(tuple(windows))
        return lane

    def _forget_idle(self) -> None:
        if len(self._lanes) < MOST_LANES:
            return
        now = time.monotonic()
        offered = {chat for _, _, chat in self._ready}
        self._lanes = {chat: lane for chat, lane in self._lanes.items() if chat in offered or not lane.is_idle(now)}


async def patiently(call: Callable[[], Awaitable[R]]) -> R:
    """A refusal for now had no effect; wait as told, but not for ever."""
    try:
        return await call()
    except SlowDown as slow:
        if slow.after > LONGEST_WAIT:
            raise
        await asyncio.sleep(slow.after.total_seconds())
        return await call()
