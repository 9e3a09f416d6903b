"""The queue of updates: filtered when created, handed out by getUpdates or a webhook, forgotten by offset or age."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass

from tests.wire.faults import Faults, Kind
from tests.wire.telegram.errors import ApiError
from tests.wire.telegram.world import Json, World
from tests.wire.truth import TruthLog

DAY = 24 * 3600.0
PRESS_LIFE = 150.0  # seconds that an undelivered callback query is kept
IDLE_WEEK = 7 * DAY  # after that long without updates the next id is random
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
LIMIT = 100
LONGEST_POLL = 50.0


@dataclass(slots=True)
class Queued:
    """An update that waits; `returns` counts how often it comes again although it was acknowledged."""

    update: Json
    kind: str
    key: str
    expires: float
    returns: int = 0

    @property
    def number(self) -> int:
        """The update_id (0 when the update is broken on purpose)."""
        number = self.update.get("update_id", 0)
        return number if isinstance(number, int) else 0


class Updates:
    """The one queue of the bot; the webhook's and the poller's side read the same one."""

    def __init__(self, world: World, faults: Faults, truth: TruthLog, seed: int = 0) -> None:
        self._world = world
        self._faults = faults
        self._truth = truth
        self._chance = random.Random(seed)
        self.waiting: list[Queued] = []
        self.allowed: list[str] | None = None
        self.arrived = asyncio.Event()
        self.last_id = 100_000
        self._last_at = world.now()
        self._held: list[Queued] = []
        self._poller: asyncio.Future[None] | None = None

    def emit(self, kind: str, payload: Json, key: str = "") -> int | None:
        """Something happened on the platform; returns the update_id, None if the bot did not ask for this kind."""
        if not self._wanted(kind):
            return None
        now = self._world.now()
        if now - self._last_at > IDLE_WEEK:
            self.last_id = self._chance.randrange(1, 2**31 - 1)
        self.last_id += 1
        self._last_at = now
        life = PRESS_LIFE if kind == "callback_query" else DAY
        seen = {name: value for name, value in payload.items() if not name.startswith("_")}  # as it is now
        queued = Queued({"update_id": self.last_id, kind: seen}, kind, key, now + life)
        self._truth.record("event", f"update:{kind}", key, update_id=self.last_id)
        self._put(queued)
        return self.last_id

    def emit_raw(self, update: Json) -> None:
        """Put an update into the queue exactly as given, however broken."""
        self._put(Queued(update, "raw", "", self._world.now() + DAY))

    def _wanted(self, kind: str) -> bool:
        if not self.allowed:
            return kind not in NOT_BY_DEFAULT
        return kind in self.allowed

    def _put(self, queued: Queued) -> None:
        rule = self._faults.pick(f"update:{queued.kind}", queued.key, str(queued.update), delivery=True)
        kind = rule.fault.kind if rule else None
        if kind is Kind.REORDER:
            self._held.append(queued)
            return
        if kind is Kind.DROP_ACK:
            queued.returns = 1
        self.waiting.append(queued)
        if kind is Kind.DUPLICATE:
            self.waiting.append(queued)
        self.waiting += self._held
        self._held.clear()
        self.arrived.set()

    async def get(self, offset: int, limit: int, wait: float, allowed: list[str] | None) -> list[Json]:
        """Answer getUpdates; raises 409 in the older of two calls that wait at the same time."""
        if allowed is not None:
            self.allowed = allowed
        if self._poller is not None and not self._poller.done():
            self._poller.set_exception(_conflict())
        self._confirm(offset)
        me = self._poller = asyncio.get_running_loop().create_future()
        try:
            if not self.waiting and wait > 0:
                await self._wait_for_arrival(me, min(wait, LONGEST_POLL))
        finally:
            if self._poller is me:
                self._poller = None
        return self._batch(limit)

    async def _wait_for_arrival(self, me: asyncio.Future[None], wait: float) -> None:
        self.arrived.clear()
        arrival = asyncio.ensure_future(self.arrived.wait())

        def wake(_: object) -> None:
            if not me.done():
                me.set_result(None)

        arrival.add_done_callback(wake)
        try:
            async with asyncio.timeout(wait):
                await me
        except TimeoutError:
            pass
        finally:
            arrival.cancel()

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            self.waiting = self.waiting[offset:]
            return
        kept: list[Queued] = []
        for queued in self.waiting:
            if queued.number >= offset:
                kept.append(queued)
            elif queued.returns > 0:
                queued.returns -= 1
                kept.append(queued)
            else:
                self._truth.record(
                    "acknowledged",
                    f"update:{queued.kind}",
                    queued.key,
                    update_id=queued.number,
                )
        self.waiting = kept

    def _batch(self, limit: int) -> list[Json]:
        self.forget_old()
        batch = self.waiting[: max(1, min(limit, LIMIT))]
        for queued in batch:
            self._truth.record(
                "delivered",
                f"update:{queued.kind}",
                queued.key,
                update_id=queued.number,
            )
        return [queued.update for queued in batch]

    def forget_old(self) -> None:
        """Drop what nobody fetched in time: presses after 150 seconds, the rest after a day."""
        now = self._world.now()
        if any(queued.expires <= now for queued in self.waiting):
            self.waiting = [queued for queued in self.waiting if queued.expires > now]

    def stop(self) -> None:
        """Send the waiting poller home."""
        if self._poller is not None and not self._poller.done():
            self._poller.set_exception(ApiError(502, "Bad Gateway"))


def _conflict() -> ApiError:
    return ApiError(
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )


def webhook_conflict() -> Exception:
    """What getUpdates answers while a webhook is set."""
    return ApiError(
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    )
