"""Polls on the fake Bot API server, tried with the real python-telegram-bot."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
import telegram
from telegram.error import BadRequest, TimedOut

from tests.wire.faults import Fault, Kind, Match
from tests.wire.telegram import FakeTelegram
from tests.wire.telegram.world import CHANNEL_BOT, Chat, Person
from tests.wire.test_fake_telegram import bot_of

QUIZ: dict[str, Any] = {
    "question": "2 + 2?",
    "options": ["3", "4"],
    "type": "quiz",
    "is_anonymous": False,
    "correct_option_ids": [1],
    "explanation": "Count.",
}
CHANNEL = {"id": -1_000_000_000_777, "type": "channel", "title": "News"}


@pytest_asyncio.fixture
async def server() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server
    server.truth.assert_clean()


@pytest_asyncio.fixture
async def bot(server: FakeTelegram) -> AsyncIterator[telegram.Bot]:
    async with bot_of(server) as bot:
        yield bot


@pytest.fixture
def ada(server: FakeTelegram) -> Person:
    return server.world.add_person("Ada")


@pytest.fixture
def group(server: FakeTelegram, ada: Person) -> Chat:
    return server.world.add_chat("Kelas", members=(ada,))


async def poll_of(bot: telegram.Bot, group: Chat, **fields: Any) -> telegram.Message:
    return await bot.send_poll(group.id, **{**QUIZ, **fields})


def number(message: telegram.Message) -> str:
    assert message.poll
    return message.poll.id


async def test_a_quiz_comes_back_as_it_was_asked(bot: telegram.Bot, group: Chat) -> None:
    poll = (await poll_of(bot, group)).poll
    assert poll
    assert (poll.question, [option.text for option in poll.options]) == ("2 + 2?", ["3", "4"])
    assert (poll.type, poll.is_anonymous, poll.is_closed) == ("quiz", False, False)
    assert (poll.correct_option_ids, poll.explanation, poll.allows_revoting) == ((1,), "Count.", False)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"question": "x" * 301}, "question length"),
        ({"question": " \u200b\u2800"}, "question must be non-empty"),
        ({"options": ["a", "\u030a\r"]}, "options must be non-empty"),
        ({"options": ["a", "x" * 101]}, "options length"),
        ({"options": list("abcdefghijklm")}, "more than 12"),
        ({"options": []}, "at least 1 option"),
        ({"correct_option_ids": None}, "wrong correct option"),
        ({"correct_option_ids": [2]}, "wrong correct option"),
        ({"correct_option_ids": [1, 0], "allows_multiple_answers": True}, "wrong correct option"),
        ({"correct_option_ids": [1, 1], "allows_multiple_answers": True}, "wrong correct option"),
        ({"correct_option_ids": [0, 1]}, "CORRECT_ANSWERS_TOO_MUCH"),
        ({"explanation": "x" * 201}, "TOO_LONG"),
        ({"explanation": "a\nb\nc\nd"}, "TOO_LONG"),
        ({"type": "other"}, "unsupported poll type"),
        ({"open_period": 4}, "open_period"),
        ({"open_period": 60, "close_date": 1_900_000_000}, "together"),
    ],
)
async def test_each_limit_of_a_poll_is_held(bot: telegram.Bot, group: Chat, fields: dict[str, Any], words: str) -> None:
    with pytest.raises(BadRequest, match=f"(?i){words}"):
        await poll_of(bot, group, **fields)
    assert not group.messages


async def test_what_just_fits_is_taken(bot: telegram.Bot, group: Chat) -> None:
    explanation = "\n".join(("x" * 66, "y" * 66, "z" * 66))
    await poll_of(bot, group, question="x" * 300, options=["y" * 100] * 12, explanation=explanation)


async def test_the_parameter_before_bot_api_9_6_breaks_the_contract(server: FakeTelegram, bot: telegram.Bot) -> None:
    group = server.world.add_chat("Kelas")
    with pytest.raises(BadRequest):
        await poll_of(bot, group, correct_option_ids=None, api_kwargs={"correct_option_id": 1})
    assert "correct_option_id" in server.truth.violations.pop()


async def test_a_poll_that_is_not_anonymous_cannot_go_to_a_channel(server: FakeTelegram, bot: telegram.Bot) -> None:
    channel = server.world.add_chat("News", "channel", bot="administrator")
    with pytest.raises(BadRequest, match=r"(?i)channel"):
        await poll_of(bot, channel)


async def test_a_vote_becomes_an_answer_and_a_new_state(
    server: FakeTelegram, bot: telegram.Bot, group: Chat, ada: Person
) -> None:
    asked = number(await poll_of(bot, group))
    server.people.vote(ada, asked, [1])
    answer, state = await bot.get_updates()
    assert answer.poll_answer
    assert (answer.poll_answer.poll_id, answer.poll_answer.option_ids) == (asked, (1,))
    assert answer.poll_answer.user
    assert answer.poll_answer.user.id == ada.id
    assert answer.poll_answer.voter_chat is None
    assert state.poll
    assert [option.voter_count for option in state.poll.options] == [0, 1]


async def test_a_queued_state_is_the_one_of_its_moment(
    server: FakeTelegram, bot: telegram.Bot, group: Chat, ada: Person
) -> None:
    asked = number(await poll_of(bot, group))
    for person in (ada, server.world.add_person("Ben")):
        server.people.vote(person, asked, [1])
    states = [update.poll.total_voter_count for update in await bot.get_updates() if update.poll]
    assert states == [1, 2]


async def test_of_an_anonymous_poll_only_the_counts_are_told(
    server: FakeTelegram, bot: telegram.Bot, group: Chat, ada: Person
) -> None:
    server.people.vote(ada, number(await poll_of(bot, group, is_anonymous=True)), [0])
    (update,) = await bot.get_updates()
    assert update.poll
    assert update.poll.total_voter_count == 1


@pytest.mark.parametrize(
    ("votes", "words"),
    [
        ([[1], [0]], "final"),
        ([[1], []], "final"),
        ([[]], "final"),
        ([[0, 1]], "one answer"),
        ([[2]], "no such option"),
    ],
)
async def test_a_quiz_takes_one_final_vote_of_each_person(
    server: FakeTelegram, bot: telegram.Bot, group: Chat, ada: Person, votes: list[list[int]], words: str
) -> None:
    asked = number(await poll_of(bot, group))
    *before, last = votes
    for options in before:
        server.people.vote(ada, asked, options)
    with pytest.raises(ValueError, match=words):
        server.people.vote(ada, asked, last)


async def test_a_vote_is_taken_back_where_that_is_allowed_or_forced(
    server: FakeTelegram, bot: telegram.Bot, group: Chat, ada: Person
) -> None:
    free, strict = number(await poll_of(bot, group, allows_revoting=True)), number(await poll_of(bot, group))
    for asked, how in ((free, {}), (strict, {"force": True})):
        server.people.vote(ada, asked, [0])
        server.people.vote(ada, asked, [], **how)
    answers = [update.poll_answer.option_ids for update in await bot.get_updates() if update.poll_answer]
    assert answers == [(0,), (), (0,), ()]
    assert server.world.polls[free].shown["total_voter_count"] == 0


async def test_a_vote_in_the_name_of_a_channel_names_a_ghost(
    server: FakeTelegram, bot: telegram.Bot, group: Chat, ada: Person
) -> None:
    server.people.vote(ada, number(await poll_of(bot, group)), [1], channel=CHANNEL)
    answer = (await bot.get_updates())[0].poll_answer
    assert answer
    assert answer.user
    assert answer.voter_chat
    assert (answer.user.id, answer.voter_chat.id) == (CHANNEL_BOT, CHANNEL["id"])


async def test_a_forwarded_poll_is_the_same_poll_and_not_the_bots_to_stop(
    server: FakeTelegram, bot: telegram.Bot, group: Chat, ada: Person
) -> None:
    sent = await poll_of(bot, group)
    other = server.world.add_chat("Other", members=(ada,))
    forwarded = server.people.forward(ada, group, sent.message_id, other)
    server.people.vote(ada, forwarded["poll"]["id"], [1])
    assert group.messages[sent.message_id]["poll"]["total_voter_count"] == 1
    with pytest.raises(BadRequest, match="can't be stopped"):
        await bot.stop_poll(other.id, forwarded["message_id"])


async def test_a_stopped_poll_shows_its_counts_and_takes_no_vote(
    server: FakeTelegram, bot: telegram.Bot, group: Chat, ada: Person
) -> None:
    sent = await poll_of(bot, group)
    server.people.vote(ada, number(sent), [1])
    final = await bot.stop_poll(group.id, sent.message_id)
    assert final.is_closed
    assert final.total_voter_count == 1
    with pytest.raises(BadRequest, match="already been closed"):
        await bot.stop_poll(group.id, sent.message_id)
    with pytest.raises(ValueError, match="closed"):
        server.people.vote(server.world.add_person("Ben"), number(sent), [1])


async def test_stopping_what_is_gone_or_no_poll_is_refused(bot: telegram.Bot, group: Chat) -> None:
    text = await bot.send_message(group.id, "hello")
    with pytest.raises(BadRequest, match="not a poll"):
        await bot.stop_poll(group.id, text.message_id)
    with pytest.raises(BadRequest, match="to stop not found"):
        await bot.stop_poll(group.id, 99)


@pytest.mark.parametrize("effect", [True, False])
async def test_a_lost_answer_may_leave_a_poll_that_nobody_knows(
    server: FakeTelegram, bot: telegram.Bot, group: Chat, effect: bool
) -> None:
    server.faults.add(Fault(Kind.BLACKHOLE, effect=effect), Match("sendPoll"), times=1)
    with pytest.raises(TimedOut):
        await poll_of(bot, group, read_timeout=0.2)
    assert len(server.world.polls) == int(effect)
