"""Words to one person on their way: retried to the same person, left as a notice, told once."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.chat.errors import Ambiguous, Gone, PlatformError, Refused, SlowDown, Unreachable
from bot.chat.places import Account, Place
from bot.domain.jobs import Job, State
from tests.bot.post import START, Post, Wire, opened

ANI = Account("wire", "ani")


class Channels(Wire):
    """A platform whose private conversations have numbers of their own, as Discord's have."""

    async def private(self, account: Account) -> Place:
        if not account.id.isalpha():
            raise Refused("no such person")
        return Place("wire", f"@{account.id}-7")


@pytest.fixture
async def post(address: str) -> AsyncIterator[Post]:
    """A post office with one person who may be written to, on each database."""
    async with opened(address) as made:
        made.platforms["wire"] = made.wire = Channels()
        async with made.store.begin() as unit:
            person = await unit.people.add(ANI, "Ani", "en")
            await unit.people.open_private(ANI, True)
            job = Job(1, "card:3:p1", "card", 3, START, Place("wire", "ani"), person=person.id)
            await unit.jobs.put(job)
        yield made


@pytest.mark.parametrize("trouble", [Unreachable(), SlowDown(timedelta(seconds=9))], ids=["unreachable", "slow"])
async def test_a_retry_reaches_the_same_person(post: Post, trouble: PlatformError) -> None:
    post.wire.script = [trouble]
    await post.passes()
    await post.passes(timedelta(minutes=1))
    assert post.wire.sent == [("@ani-7", "card 3 at 00:01:00")]
    assert (await post.job("card:3:p1")).state is State.DONE


async def test_who_blocked_us_finds_it_later_and_is_not_written_to_again(post: Post) -> None:
    async with post.store.begin() as unit:
        elsewhere = await unit.people.add(Account("else", "ani"), "Ani", "en")
        await unit.people.open_private(Account("else", "ani"), True)
    post.wire.script = [Gone()]
    await post.passes()
    async with post.store.begin() as unit:
        assert [notice.cause for notice in await unit.notices.take(1, 1)] == ["card:3:p1"]
        assert await unit.people.reachable(1) is None
        assert await unit.people.reachable(elsewhere.id), "who is reached elsewhere still is"


async def test_what_is_to_be_told_again_is_a_new_message_and_not_an_edit_that_nobody_notices(post: Post) -> None:
    await post.passes()
    async with post.store.begin() as unit:
        later = START + timedelta(days=7)
        await unit.jobs.put(Job(1, "card:3:p1", "card", 3, later, Place("wire", "ani"), person=1))
    await post.passes(timedelta(days=7))
    assert [text for _, text in post.wire.sent] == ["card 3 at 00:00:00", "card 3 at 00:00:00"]
    assert post.wire.edited == []
    assert len(set(post.wire.keys)) == 2, "no platform takes it for a repetition"


async def test_a_message_whose_reply_was_lost_is_sent_at_most_once_more(post: Post) -> None:
    post.wire.script = [Ambiguous(), Ambiguous()]
    for _ in range(4):
        await post.passes(timedelta(minutes=10))
    assert len(post.wire.keys) == 2
    assert len(set(post.wire.keys)) == 1
    assert (await post.job("card:3:p1")).state is State.UNKNOWN
