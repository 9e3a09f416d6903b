"""A command that replies to a message, on a fake Telegram with the privacy mode on."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from bot.chat.events import Quoted
from bot.chat.places import Account, Place, Ref
from tests.adapters.about import ABOUT, KEPT
from tests.adapters.telegram.feature import FEATURE
from tests.adapters.telegram.stage import Stage, staged


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
