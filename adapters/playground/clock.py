"""A clock that can be turned forward without skipping what falls due on the way."""

from datetime import UTC, datetime, timedelta

from bot.domain.quiz import State
from bot.outbox import Outbox
from bot.ports import Clock, Store


def system() -> datetime:
    """The present of this machine."""
    return datetime.now(UTC)


class Turning:
    """A clock that goes on from any moment: the base clock plus an offset, never backwards by `jump`."""

    def __init__(self, base: Clock = system, offset: timedelta = timedelta()) -> None:
        self._base = base
        self.offset = offset

    def __call__(self) -> datetime:
        """The present, UTC."""
        return self._base() + self.offset

    async def jump(self, to: datetime, store: Store, outbox: Outbox) -> None:
        """Turn to that moment, stopping at every due job on the way, so that skipped days are lived days.

        A moment that has passed only settles what is due now.
        """
        await outbox.settle()
        last = self()
        while (due := await _next_due(store)) is not None and last < due <= to:
            self._set(last := due)
            await outbox.settle()
        self._set(to)
        await outbox.settle()

    async def resume(self, store: Store) -> None:
        """Go on no earlier than what has happened already: a clock that was turned stays turned over a restart."""
        async with store.read() as unit:
            for community in await unit.communities.all():
                if quiz := await unit.quizzes.latest(community.id):
                    self._set(quiz.closes_at if quiz.state is State.CLOSED else quiz.opens_at)

    def _set(self, to: datetime) -> None:
        self.offset += max(to - self(), timedelta())


async def _next_due(store: Store) -> datetime | None:
    async with store.read() as unit:
        return await unit.jobs.next_due()
