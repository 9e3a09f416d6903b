"""What a command is about: the message that a text replies to."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from bot.chat.events import Quoted
from bot.chat.places import Account, Ref
from tests.adapters.about import ABOUT, KEPT
from tests.adapters.discord.feature import FEATURE
from tests.adapters.discord.stage import Stage, staged
from tests.wire.discord.state import ADD_REACTIONS


@pytest_asyncio.fixture
async def keeper(tmp_path: Path) -> AsyncIterator[Stage]:
    """A bot that keeps messages."""
    KEPT.clear()
    async with staged(tmp_path, features=(FEATURE, ABOUT)) as stage:
        yield stage


async def test_a_text_command_is_about_the_message_that_it_replies_to(keeper: Stage) -> None:
    name = f"<@{keeper.state.bot.id}>"
    said = await keeper.server.people.say(keeper.citra, keeper.channel, f"{name} see https://x.example/a")
    await keeper.server.people.say(keeper.ben, keeper.channel, f"{name} /keep maths", reply_to=said)
    await keeper.until(lambda: KEPT)
    quoted = Quoted(f"{name} see https://x.example/a", Account("discord", str(keeper.citra.id)), "Citra")
    assert [(Ref(keeper.place, str(said.id)), quoted, "maths")] == KEPT


async def test_words_that_discord_hides_are_not_known(keeper: Stage) -> None:
    said = await keeper.server.people.say(keeper.citra, keeper.channel, "between us")
    await keeper.server.people.say(keeper.ben, keeper.channel, f"<@{keeper.state.bot.id}> /keep maths", reply_to=said)
    await keeper.until(lambda: KEPT)
    assert KEPT[0][1] == Quoted("", Account("discord", str(keeper.citra.id)), "Citra")


async def test_the_bot_s_own_message_has_no_author(keeper: Stage) -> None:
    card = await keeper.panel()
    await keeper.server.people.say(keeper.ben, keeper.channel, "/keep maths", reply_to=card)
    await keeper.until(lambda: KEPT)
    assert [(Ref(keeper.place, str(card.id)), Quoted(), "maths")] == KEPT


async def test_a_receipt_for_a_text_command_is_a_mark_at_what_it_is_about(keeper: Stage) -> None:
    card = await keeper.panel()
    before = keeper.texts()
    command = await keeper.server.people.say(keeper.ben, keeper.channel, "/scan", reply_to=card)
    await keeper.until(lambda: card.reactions)
    bare = await keeper.server.people.say(keeper.ben, keeper.channel, f"<@{keeper.state.bot.id}> /scan")
    await keeper.until(lambda: bare.reactions)
    assert (card.reactions, command.reactions, bare.reactions) == ({"👍"}, set(), {"👍"})
    assert [text for text in keeper.texts() if "Noted" in text] == []
    assert len(keeper.texts()) == len(before) + 2


async def test_a_slash_command_and_one_from_the_menu_are_told_in_words(keeper: Stage) -> None:
    item = await keeper.slash(keeper.ben, "scan")
    assert (item.reply.text, item.reply.only_for) == ("Noted.", keeper.ben.id)


async def test_without_the_right_to_react_the_words_come_privately(keeper: Stage) -> None:
    keeper.guild.bot_permissions &= ~ADD_REACTIONS
    bare = await keeper.server.people.say(keeper.ben, keeper.channel, f"<@{keeper.state.bot.id}> /scan")
    private = await keeper.until(lambda: [m for m in keeper.state.messages.values() if m.text == "Noted."])
    assert private[0].channel_id != keeper.channel.id
    assert bare.reactions == set()


async def test_a_private_receipt_has_words(keeper: Stage) -> None:
    direct = keeper.state.direct_channel(keeper.ben)
    await keeper.server.people.say(keeper.ben, direct, "/scan")
    await keeper.until(lambda: any(m.text == "Noted." for m in keeper.state.messages_in(direct)))
