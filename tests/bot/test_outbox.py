"""What must be sent is sent once, in order, through lost replies, refusals and crashes."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from itertools import count
from random import Random

import pytest

from bot.chat.errors import Ambiguous, Gone, Moved, PlatformError, Refused, SlowDown, Unreachable
from bot.chat.places import Place, Ref
from bot.clear import clear_old
from bot.delivery import NO_PLATFORM
from bot.domain.jobs import LEASE, MOST_FAILURES, Job, State, backoff
from bot.outbox import Outbox
from bot.ports import Unit
from bot.repository import Vote
from storage.store import DatabaseStore
from tests.bot.post import HERE, INDEX, THERE, Post, dies, opened


@pytest.fixture
async def post(address: str) -> AsyncIterator[Post]:
    """A fresh post office."""
    async with opened(address) as made:
        yield made


async def test_a_card_is_posted_once_and_edited_from_then_on(post: Post) -> None:
    await post.asks()
    await post.passes()
    await post.passes(timedelta(hours=1))
    assert post.wire.sent == [("1", "card 1 at 00:00:00")]
    await post.asks()
    await post.passes()
    assert post.wire.sent == [("1", "card 1 at 00:00:00")]
    assert post.wire.edited == [(Ref(HERE, "1"), "card 1 at 01:00:00")]
    assert (await post.job()).state is State.DONE


async def test_what_is_not_due_waits(post: Post) -> None:
    post.now += timedelta(hours=1)
    await post.asks()
    post.now -= timedelta(hours=1)
    await post.passes(timedelta(minutes=59))
    assert not post.wire.sent
    await post.passes(timedelta(minutes=1))
    assert len(post.wire.sent) == 1


async def test_a_platform_that_asks_for_patience_gets_it(post: Post) -> None:
    post.wire.script = [SlowDown(timedelta(seconds=35))]
    await post.asks()
    await post.passes()
    await post.asks(place=THERE)
    await post.passes()
    assert [chat for chat, _ in post.wire.sent] == ["2"]
    await post.passes(timedelta(seconds=34))
    assert len(post.wire.keys) == 2
    await post.passes(timedelta(seconds=1))
    assert [chat for chat, _ in post.wire.sent] == ["2", "1"]


class Late:
    """A store from which we hear of a commit only after something else has happened: by commit, from the first on."""

    def __init__(self, store: DatabaseStore, **then: Callable[[], Awaitable[object]]) -> None:
        self.store = store
        self.read = store.read
        self.sweep = store.sweep
        self.close = store.close
        self.then = then
        self.commits = count(1)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Unit]:
        async with self.store.begin() as unit:
            yield unit
        if then := self.then.pop(f"after_{next(self.commits)}", None):
            await then()


async def test_what_is_asked_for_again_while_it_is_sent_does_not_wait_for_a_claim_to_run_out(post: Post) -> None:
    async def ask() -> None:
        post.now += timedelta(seconds=1)
        async with store.store.begin() as unit:
            await unit.jobs.put(Job(post.community, "card:1:1", "card", 1, post.now, HERE))

    async def look() -> None:
        assert await post.outbox.sweep() == 0, "it is still in flight here"

    await post.asks()
    # It is claimed, composed, and marked when it was sent: so long it takes until we see that the mark was made.
    store = Late(post.store, after_2=ask, after_3=look)
    post.outbox = Outbox(INDEX, store, post.platforms, lambda: post.now, Random(1))
    await post.passes()
    assert (await post.job()).state is State.DONE
    assert post.wire.edited == [(Ref(HERE, "1"), "card 1 at 00:00:01")]


async def test_an_unreachable_platform_is_tried_until_it_is_back_and_gets_one_copy(post: Post) -> None:
    post.wire.script = [Unreachable()] * 6
    await post.asks()
    for failures in range(6):
        await post.passes()
        assert not post.wire.sent
        assert (await post.job()).state is State.DUE
        post.now += backoff(failures)
    await post.passes()
    assert len(post.wire.sent) == 1
    assert (await post.job()).state is State.DONE


async def test_a_lost_reply_is_tried_once_more_and_then_left_as_unknown(post: Post) -> None:
    post.wire.script = [Ambiguous(), Ambiguous()]
    await post.asks()
    for _ in range(5):
        await post.passes(timedelta(minutes=10))
    assert len(post.wire.keys) == 2
    assert (await post.job()).state is State.UNKNOWN
    async with post.store.read() as unit:
        assert [job.key for job in await unit.jobs.troubled(post.community)] == ["card:1:1"]


async def test_a_platform_that_knows_the_key_is_asked_until_it_answers(post: Post) -> None:
    post.wire.repeats_safely = True
    post.wire.script = [Ambiguous()] * 4
    await post.asks()
    for _ in range(6):
        await post.passes(timedelta(minutes=10))
    assert len(post.wire.keys) == 5
    assert len(set(post.wire.keys)) == 1
    assert len(post.wire.sent) == 1


async def test_an_edit_whose_reply_was_lost_is_harmless_and_tried_again(post: Post) -> None:
    await post.asks()
    await post.passes()
    await post.asks()
    post.wire.script = [Ambiguous()] * 3
    for _ in range(5):
        await post.passes(timedelta(minutes=10))
    assert len(post.wire.edited) == 1
    assert (await post.job()).state is State.DONE


async def test_a_card_that_somebody_deleted_is_posted_anew(post: Post) -> None:
    await post.asks()
    await post.passes()
    await post.asks()
    post.wire.script = [Gone()]
    await post.passes()
    await post.asks()
    await post.passes()
    assert len(post.wire.sent) == 2
    assert [ref.message for ref, _ in post.wire.edited] == ["2"]


async def test_a_group_that_moved_gets_the_message_at_its_new_place(post: Post) -> None:
    new = Place("wire", "-100")
    post.wire.script = [Moved(new)]
    await post.asks()
    await post.passes()
    assert [chat for chat, _ in post.wire.sent] == ["-100"]
    venue = await post.venue(new)
    assert venue is not None
    assert not venue.paused


@pytest.mark.parametrize("error", [Gone(), Refused("CHAT_WRITE_FORBIDDEN")], ids=["gone", "refused"])
async def test_a_place_that_does_not_take_us_is_paused_and_the_others_go_on(post: Post, error: PlatformError) -> None:
    post.wire.script = [error]
    await post.asks(place=HERE)
    await post.passes()
    await post.asks(place=THERE)
    await post.passes()
    venue = await post.venue()
    assert venue is not None
    assert venue.paused
    assert (await post.job()).state is State.FAILED
    assert [chat for chat, _ in post.wire.sent] == ["2"]


async def test_our_own_failure_is_tried_a_few_times_and_stops_nobody(post: Post) -> None:
    await post.asks("fails")
    await post.asks("card", place=THERE)
    await post.passes()
    assert len(post.wire.sent) == 1
    for _ in range(MOST_FAILURES):
        await post.passes(timedelta(minutes=10))
    assert (await post.job("fails:1:1")).state is State.FAILED


@pytest.mark.parametrize("place", [HERE, None])
async def test_what_refuses_is_no_failure_of_ours_and_not_tried_again(post: Post, place: Place | None) -> None:
    await post.asks("refuses", place=place)
    await post.passes()
    assert (await post.job(f"refuses:1:{place.chat if place else ''}")).state is State.DROPPED
    assert not post.wire.sent


async def test_work_without_a_message_is_done_or_dropped(post: Post) -> None:
    await post.asks("work", 2, None)
    await post.asks("work", 3, None)
    await post.asks("no such kind", 4, None)
    await post.passes()
    states = [(await post.job(f"{key}:")).state for key in ("work:2", "work:3", "no such kind:4")]
    assert states == [State.DONE, State.DROPPED, State.DROPPED]


async def test_a_message_for_a_platform_that_is_not_connected_waits_for_it(post: Post) -> None:
    del post.platforms["wire"]
    await post.asks()
    await post.passes()
    post.platforms["wire"] = post.wire
    await post.passes(NO_PLATFORM)
    assert len(post.wire.sent) == 1


async def test_two_processes_send_one_copy(post: Post) -> None:
    for subject in range(20):
        await post.asks(subject=subject)
    await asyncio.gather(post.fresh().settle(), post.fresh().settle(), post.outbox.settle())
    assert sorted(post.wire.sent) == sorted(("1", f"card {subject} at 00:00:00") for subject in range(20))


async def test_messages_of_one_place_keep_their_order(post: Post) -> None:
    for subject in range(10):
        await post.asks(subject=subject)
        post.now += timedelta(seconds=1)
    await post.passes()
    assert [text.split()[1] for _, text in post.wire.sent] == [str(subject) for subject in range(10)]


async def test_what_is_asked_for_again_while_it_is_sent_is_sent_again(post: Post) -> None:
    await post.asks()
    running = asyncio.create_task(post.outbox.settle())
    await post.wire.reached.wait()
    await post.asks()
    await running
    await post.passes()
    assert (len(post.wire.sent), len(post.wire.edited)) == (1, 1)


async def test_a_send_cut_off_by_a_crash_is_repeated_once_after_the_lease(post: Post) -> None:
    post.wire.hangs = True
    await post.asks()
    for _ in range(2):
        assert await post.outbox.sweep() == 1
        await post.wire.reached.wait()
        post.wire.reached.clear()
        await dies(post)
    await post.passes()
    assert len(post.wire.keys) == 2
    assert (await post.job()).state is State.UNKNOWN


async def test_an_edit_cut_off_by_crashes_still_comes_through(post: Post) -> None:
    await post.asks()
    await post.passes()
    await post.asks()
    post.wire.hangs = True
    for _ in range(3):
        post.wire.reached.clear()
        assert await post.outbox.sweep() == 1
        await post.wire.reached.wait()
        await dies(post)
    post.wire.hangs = False
    await post.passes()
    assert (len(post.wire.sent), len(post.wire.edited)) == (1, 1)
    assert (await post.job()).state is State.DONE


async def test_the_lease_of_a_running_send_is_kept(post: Post) -> None:
    post.wire.hangs = True
    await post.asks()
    assert await post.outbox.sweep() == 1
    await post.wire.reached.wait()
    for _ in range(5):
        post.now += LEASE / 2
        await post.outbox.tick()
        assert await post.fresh().sweep() == 0
    assert len(post.wire.keys) == 1
    await dies(post)


async def test_a_closing_outbox_starts_nothing_new(post: Post) -> None:
    await post.outbox.drain()
    await post.asks()
    post.outbox.wake()
    await asyncio.sleep(0.05)
    assert not post.wire.keys


async def test_old_jobs_are_forgotten_and_waiting_ones_kept(post: Post) -> None:
    await post.asks()
    await post.passes()
    del post.platforms["wire"]
    await post.asks(place=THERE)
    post.now += timedelta(days=31)
    async with post.store.begin() as unit:
        await clear_old(unit, lambda: post.now)
    async with post.store.read() as unit:
        assert await unit.jobs.get(post.community, "card:1:1") is None
        assert await unit.jobs.get(post.community, "card:1:2") is not None


async def test_drafts_and_votes_that_came_to_nothing_are_forgotten(post: Post) -> None:
    async with post.store.begin() as unit:
        draft = await unit.drafts.put(1, (), post.now + timedelta(hours=1))
        await unit.votes.put(Vote("wire", "p1", "1", "Ani", "0", post.now))
        await clear_old(unit, lambda: post.now + timedelta(hours=23))
        await unit.votes.put(Vote("wire", "p1", "2", "Budi", "0", post.now + timedelta(hours=2)))
        await clear_old(unit, lambda: post.now + timedelta(hours=25))
        assert await unit.drafts.get(draft, 1, post.now) is None
        assert [vote.account for vote in await unit.votes.take("wire", "p1")] == ["2"]


async def test_work_that_sends_nothing_does_not_wait_behind_a_crowd_of_sends(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.outbox.MOST_AT_ONCE", 3)
    post.wire.hangs = True
    for subject in range(1, 6):
        await post.asks(subject=subject, place=Place("wire", str(subject)))
    await post.outbox.sweep()
    await post.wire.reached.wait()
    post.now += timedelta(seconds=1)
    await post.asks("work", 2, None)
    assert await post.outbox.sweep() == 1
    await asyncio.sleep(0.05)
    assert (await post.job("work:2:")).state is State.DONE
    assert (await post.job("card:5:5")).state is State.DUE, "there is no room for more sends"
