"""Native quiz polls with the real library: posted, ended, lost, voted in."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot.chat.errors import Ambiguous, Gone, Moved, SlowDown, Unreachable
from bot.chat.message import Button, Message, Poll, say
from bot.chat.places import Place, Ref
from bot.chat.poll import is_asked_by
from bot.chat.press import Press
from bot.speech import Speech
from tests.adapters.telegram.stage import Stage, staged
from tests.bot.nasty import TEXTS
from tests.wire.faults import Fault, Kind, Match
from tests.wire.telegram.world import Chat, Json

POLL = Poll("2 + 2?", ("3", "4"), (1,), "Count.")
ROWS = ((Button("Stop", Press("tap", 1, (1,))),),)
SPEECH = Speech("en")
LOST = [Kind.SERVER_ERROR, Kind.RESET_AFTER_READ, Kind.RESET_MID_RESPONSE, Kind.TRUNCATED, Kind.EMPTY, Kind.HTML]


def message(poll: Poll | None = POLL, words: str = "2 + 2?", **fields: Any) -> Message:
    return SPEECH.message(replace(say(words), poll=poll, **fields))


def place(chat: Chat, thread: str = "") -> Place:
    return Place("telegram", str(chat.id), thread)


async def post(stage: Stage, said: Message | None = None, thread: str = "") -> Ref:
    return await stage.telegram.send(place(stage.group, thread), said or message(), "key")


def polls(stage: Stage, chat: Chat | None = None) -> list[Json]:
    """The messages with a poll that stand."""
    return [each for each in (chat or stage.group).messages.values() if "poll" in each]


def only(stage: Stage) -> Json:
    (stands,) = polls(stage)
    return stands


async def test_a_poll_is_a_quiz_that_shows_who_voted_and_its_place_and_number_are_returned(stage: Stage) -> None:
    ref = await post(stage)
    stands = only(stage)
    shown = stands["poll"]
    assert ref == Ref(place(stage.group), str(stands["message_id"]), shown["id"])
    assert (shown["question"], [option["text"] for option in shown["options"]]) == ("2 + 2?", ["3", "4"])
    assert (shown["type"], shown["is_anonymous"], shown["allows_revoting"]) == ("quiz", False, False)
    assert (shown["correct_option_ids"], shown["explanation"]) == ([1], "Count.")
    assert not shown["allows_multiple_answers"]
    assert "open_period" not in shown
    assert stands["_silent"]
    assert stage.texts(stage.group) == []


async def test_a_poll_of_several_right_answers_lets_several_be_chosen(stage: Stage) -> None:
    await post(stage, message(Poll("Even?", ("1", "2", "4"), (1, 2))))
    shown = only(stage)["poll"]
    assert (shown["correct_option_ids"], shown["allows_multiple_answers"]) == ([1, 2], True)
    assert "explanation" not in shown


async def test_a_poll_may_ring_and_carries_buttons(stage: Stage) -> None:
    await post(stage, message(silent=False, rows=ROWS))
    stands = only(stage)
    assert "_silent" not in stands
    assert [[button["text"] for button in row] for row in stands["reply_markup"]["inline_keyboard"]] == [["Stop"]]


async def test_a_poll_may_stand_in_a_private_chat(stage: Stage) -> None:
    stage.server.people.start(stage.ada)
    ref = await stage.telegram.send(Place("telegram", str(stage.ada.id)), message(), "key")
    (stands,) = polls(stage, stage.private(stage.ada))
    assert ref.poll == stands["poll"]["id"]


async def test_whatever_the_texts_are_telegram_takes_the_poll(tmp_path: Path) -> None:
    async with staged(tmp_path, run=False) as stage:
        await stage.telegram._bot.initialize()
        try:
            tried = 0

            @settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
            @given(TEXTS, st.lists(TEXTS, min_size=2, max_size=12), TEXTS, st.integers(1, 20))
            @example("\u030a", ["\u0333", "\u2028\r"], "\u200b", 1)
            @example("x" * 400, ["y" * 200, "y" * 201], "a\nb\nc\nd" * 90, 1)
            @example("\ud83d", ["\0", "@everyone"], "https://x.example/?a=1&b=2 @ada /start", 1)
            def collect(question: str, options: list[str], explanation: str, times: int) -> None:
                cases.append(Poll(question * times, tuple(option * times for option in options), (0,), explanation))

            cases: list[Poll] = []
            collect()
            for poll in cases:
                ref = await post(stage, message(poll))
                shown = stage.server.world.polls[ref.poll].shown
                assert is_asked_by(poll, shown["question"], [option["text"] for option in shown["options"]])
                tried += 1
            assert tried >= 60
        finally:
            await stage.telegram._bot.shutdown()


# Topics.


@pytest.fixture
def forum(stage: Stage) -> Chat:
    stage.group = stage.server.world.add_chat("Forum", forum=True, owner=stage.ada)
    return stage.group


async def test_a_poll_stands_in_its_topic(stage: Stage, forum: Chat) -> None:
    topic = stage.server.people.open_topic(forum, stage.ada, "Kuis")
    ref = await post(stage, thread=str(topic))
    assert ref.place == place(forum, str(topic))
    assert only(stage)["message_thread_id"] == topic


@pytest.mark.parametrize("fate", ["closed", "deleted"])
async def test_the_poll_of_a_topic_that_is_gone_stands_in_general(stage: Stage, forum: Chat, fate: str) -> None:
    topic = stage.server.people.open_topic(forum, stage.ada, "Kuis")
    setattr(forum.topics[topic], fate, True)
    with capture_logs() as logs:
        await post(stage, thread=str(topic))
    assert "message_thread_id" not in only(stage)
    assert [entry["event"] for entry in logs] == ["topic_gone"]


# What goes wrong.


@pytest.mark.parametrize("effect", [True, False])
@pytest.mark.parametrize("kind", LOST)
async def test_a_lost_reply_to_a_poll_is_ambiguous_and_never_repeated(stage: Stage, kind: Kind, effect: bool) -> None:
    stage.server.faults.add(Fault(kind, effect=effect), Match("sendPoll"))
    with pytest.raises(Ambiguous):
        await post(stage)
    assert stage.server.truth.count("call", "sendPoll") == 1
    assert len(polls(stage)) == int(effect)
    assert stage.texts(stage.group) == []


async def test_a_poll_that_comes_too_fast_waits_and_is_no_text(stage: Stage) -> None:
    stage.server.faults.add(Fault(Kind.RATE_LIMIT, retry_after=9), Match("sendPoll"), times=1)
    with pytest.raises(SlowDown):
        await post(stage)
    assert not stage.group.messages


async def test_a_group_that_we_were_put_out_of_is_gone(stage: Stage) -> None:
    stage.server.people.set_bot(stage.group, stage.ada, "kicked")
    with pytest.raises(Gone):
        await post(stage)


async def test_the_poll_of_a_group_that_became_a_supergroup_says_where_it_is_now(stage: Stage) -> None:
    old = stage.server.world.add_chat("Old", "group")
    new = stage.server.people.migrate(old, signals=())
    with pytest.raises(Moved) as moved:
        await stage.telegram.send(place(old), message(), "key")
    assert moved.value.to == place(new)


@pytest.mark.parametrize(
    "words",
    [
        "not enough rights to send polls to the chat",
        "CHAT_SEND_POLL_FORBIDDEN",
        "poll options must be non-empty",
        "MESSAGE_TOO_LONG",
        "BUTTON_DATA_INVALID",
    ],
)
async def test_where_no_poll_may_stand_its_words_stand_with_their_buttons(stage: Stage, words: str) -> None:
    stage.server.faults.add(Fault(Kind.REFUSED, text=f"Bad Request: {words}"), Match("sendPoll"))
    with capture_logs() as logs:
        ref = await post(stage, message(rows=ROWS))
    (stands,) = stage.ours(stage.group)
    assert ref == Ref(place(stage.group), str(stands["message_id"]))
    assert (stands["text"], len(stands["reply_markup"]["inline_keyboard"])) == ("2 + 2?", 1)
    assert [entry["event"] for entry in logs] == ["poll_refused"]
    assert "2 + 2?" not in str(logs)
    await stage.telegram.edit(ref, message(replace(POLL, open=False), words="over"))
    assert stage.texts(stage.group) == ["over"]


# Editing.


async def test_an_open_poll_is_not_touched(stage: Stage) -> None:
    ref = await post(stage)
    before = dict(only(stage))
    await stage.telegram.edit(ref, message(replace(POLL, question="other")))
    assert only(stage) == before
    assert not {entry.method for entry in stage.server.truth.find("call")} & {"stopPoll", "editMessageText"}


async def test_a_poll_is_ended_once_and_ending_it_again_is_fine(stage: Stage) -> None:
    ref = await post(stage, message(rows=ROWS))
    over = message(replace(POLL, open=False))
    await stage.telegram.edit(ref, over)
    assert only(stage)["poll"]["is_closed"]
    assert "reply_markup" not in only(stage)
    await stage.telegram.edit(ref, over)
    assert stage.texts(stage.group) == []


async def test_an_ended_poll_may_keep_buttons(stage: Stage) -> None:
    ref = await post(stage)
    await stage.telegram.edit(ref, message(replace(POLL, open=False), rows=ROWS))
    assert only(stage)["reply_markup"]["inline_keyboard"][0][0]["text"] == "Stop"


@pytest.mark.parametrize("effect", [True, False])
@pytest.mark.parametrize("kind", LOST)
async def test_a_lost_reply_to_an_end_is_tried_once_more_because_that_is_safe(
    stage: Stage, kind: Kind, effect: bool
) -> None:
    ref = await post(stage)
    stage.server.faults.add(Fault(kind, effect=effect), Match("stopPoll"), times=1)
    await stage.telegram.edit(ref, message(replace(POLL, open=False)))
    assert only(stage)["poll"]["is_closed"]
    assert stage.server.truth.count("call", "stopPoll") == 2


async def test_the_end_of_a_poll_that_was_deleted_is_gone(stage: Stage) -> None:
    ref = await post(stage)
    await stage.telegram.delete(ref)
    with pytest.raises(Gone):
        await stage.telegram.edit(ref, message(replace(POLL, open=False)))


async def test_a_poll_that_is_to_become_words_is_ended_and_gone_so_that_they_are_posted(stage: Stage) -> None:
    ref = await post(stage)
    for _ in range(2):
        with pytest.raises(Gone):
            await stage.telegram.edit(ref, message(None, words="result"))
    assert only(stage)["poll"]["is_closed"]


async def test_a_poll_that_cannot_be_ended_now_is_not_gone(stage: Stage) -> None:
    ref = await post(stage)
    stage.server.faults.add(Fault(Kind.RATE_LIMIT), Match("stopPoll"), times=1)
    with pytest.raises(SlowDown):
        await stage.telegram.edit(ref, message(None))
    assert not only(stage)["poll"]["is_closed"]


async def test_a_poll_that_is_over_is_posted_as_words(stage: Stage) -> None:
    ref = await post(stage, message(replace(POLL, open=False)))
    assert stage.texts(stage.group) == ["2 + 2?"]
    assert (ref.poll, polls(stage)) == ("", [])


async def test_after_a_revoked_token_no_poll_leaves(stage: Stage) -> None:
    stage.telegram.sender.revoked = True
    with pytest.raises(Unreachable):
        await post(stage)
    assert stage.server.truth.count("call", "sendPoll") == 0
