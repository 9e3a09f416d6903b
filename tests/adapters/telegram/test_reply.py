"""A command that replies to a message, on a fake Telegram with the privacy mode on."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from adapters.telegram import answer
from bot.chat.events import Quoted
from bot.chat.places import Account, Place, Ref
from tests.adapters.about import ABOUT, KEPT
from tests.adapters.telegram.feature import FEATURE
from tests.adapters.telegram.stage import Stage, staged
from tests.wire.faults import Fault, Kind, Match


@pytest_asyncio.fixture
async def keeper(tmp_path: Path) -> AsyncIterator[Stage]:
    """A bot that keeps messages."""
    KEPT.clear()
    async with staged(tmp_path, features=(FEATURE, ABOUT)) as stage:
        yield stage


async def test_a_command_is_about_a_message_that_the_bot_was_never_shown(keeper: Stage) -> None:
    said = keeper.server.people.say(keeper.citra, keeper.group, "see https://x.example/a")
    await keeper.settled()
    keeper.server.people.say(keeper.ben, keeper.group, "/keep maths", reply_to=said["message_id"])
    await keeper.until(lambda: KEPT)
    where = Ref(Place("telegram", str(keeper.group.id)), str(said["message_id"]))
    quoted = Quoted("see https://x.example/a", Account("telegram", str(keeper.citra.id)), "Citra")
    assert list(KEPT) == [(where, quoted, "maths")]


async def test_it_is_still_known_when_the_question_was_answered(keeper: Stage) -> None:
    said = keeper.server.people.say_as_anonymous_admin(keeper.group, "the plan")
    keeper.server.people.say(keeper.ben, keeper.group, "/keep", reply_to=said["message_id"])
    asked = await keeper.until(lambda: keeper.ours(keeper.group))
    keeper.server.people.say(keeper.ben, keeper.group, "maths", reply_to=asked[-1]["message_id"])
    await keeper.until(lambda: KEPT)
    assert [(quoted, topic) for _, quoted, topic in KEPT] == [(Quoted("the plan"), "maths")]


def thumbs(stage: Stage) -> dict[int, list[dict[str, str]]]:
    """The marks in the group by message."""
    return stage.group.reactions


THUMB = [{"type": "emoji", "emoji": "👍"}]


async def test_a_receipt_marks_the_message_replied_to_and_says_nothing(keeper: Stage) -> None:
    said = keeper.server.people.say(keeper.citra, keeper.group, "useful")["message_id"]
    keeper.server.people.say(keeper.ben, keeper.group, "/scan", reply_to=said)
    await keeper.until(lambda: thumbs(keeper))
    await keeper.settled()
    assert thumbs(keeper) == {said: THUMB}
    assert keeper.texts(keeper.group) == []


async def test_a_receipt_without_a_target_marks_the_command(keeper: Stage) -> None:
    command = keeper.server.people.say(keeper.ben, keeper.group, "/scan")["message_id"]
    await keeper.until(lambda: thumbs(keeper))
    assert thumbs(keeper) == {command: THUMB}


async def test_the_command_goes_where_the_bot_may_delete_and_a_marked_one_stays(
    keeper: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answer, "PUBLIC_LIFE", 0.01)
    keeper.server.people.set_bot(keeper.group, keeper.ada, "administrator", ("can_delete_messages",))
    said = keeper.server.people.say(keeper.citra, keeper.group, "useful")["message_id"]
    about = keeper.server.people.say(keeper.ben, keeper.group, "/scan", reply_to=said)["message_id"]
    bare = keeper.server.people.say(keeper.ben, keeper.group, "/scan")["message_id"]
    await keeper.until(lambda: about not in keeper.group.messages)
    await keeper.until(lambda: bare in thumbs(keeper))
    assert {said, bare} <= keeper.group.messages.keys()


@pytest.mark.parametrize("allowed", [set(), {"❤"}])
async def test_where_no_thumb_is_allowed_the_words_come_privately(keeper: Stage, allowed: set[str]) -> None:
    keeper.group.allowed_reactions = allowed
    keeper.server.people.start(keeper.ben)
    await keeper.settled()
    keeper.server.people.say(keeper.ben, keeper.group, "/scan")
    await keeper.until(lambda: "Noted." in keeper.texts(keeper.private(keeper.ben)))
    assert (thumbs(keeper), keeper.texts(keeper.group)) == ({}, [])


async def test_a_message_that_is_gone_is_no_reason_for_silence(keeper: Stage) -> None:
    said = keeper.server.people.say(keeper.citra, keeper.group, "useful")["message_id"]
    keeper.server.people.start(keeper.ben)
    await keeper.settled()
    keeper.server.faults.add(
        Fault(Kind.REFUSED, text="Bad Request: message to react not found"),
        Match("setMessageReaction"),
    )
    keeper.server.people.say(keeper.ben, keeper.group, "/scan", reply_to=said)
    await keeper.until(lambda: "Noted." in keeper.texts(keeper.private(keeper.ben)))


async def test_a_private_receipt_has_words(keeper: Stage) -> None:
    keeper.server.people.say(keeper.ben, None, "/scan")
    await keeper.until(lambda: "Noted." in keeper.texts(keeper.private(keeper.ben)))
    assert keeper.private(keeper.ben).reactions == {}


async def test_a_press_is_told_in_words_and_marks_what_it_is_about(keeper: Stage) -> None:
    said = keeper.server.people.say(keeper.citra, keeper.group, "useful")["message_id"]
    keeper.server.people.say(keeper.ben, keeper.group, "/jot", reply_to=said)
    await keeper.until(lambda: keeper.ours(keeper.group))
    answers = await keeper.press(keeper.ben, "Note", keeper.ours(keeper.group)[-1]["message_id"])
    assert answers == [{"text": "Noted.", "show_alert": True}]
    assert thumbs(keeper) == {said: THUMB}
