"""Commands in a message's own menu: registered once, run as the command that they are."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest_asyncio

from adapters.discord.rights import MANAGE_MESSAGES
from adapters.discord.slash import menu, tree
from bot.chat.events import Quoted
from bot.chat.places import Account, Ref, Role
from bot.features import FEATURES
from bot.index import Index
from bot.speech import Speech
from tests.adapters.about import ABOUT, KEPT, keep
from tests.adapters.discord.feature import FEATURE
from tests.adapters.discord.stage import Stage, staged
from tests.wire.discord.people import answered, fields
from tests.wire.discord.schema import request_problem
from tests.wire.discord.validation import command_problems

MOST, MOST_PEOPLE, LONGEST = 5, 2, 32


@pytest_asyncio.fixture
async def keeper(tmp_path: Path) -> AsyncIterator[Stage]:
    """A bot that keeps messages."""
    KEPT.clear()
    async with staged(tmp_path, features=(FEATURE, ABOUT)) as stage:
        yield stage


def test_a_menu_command_has_a_name_in_two_languages_and_nothing_to_fill_in() -> None:
    slash, entry = tree((keep,), {})
    assert (slash["type"], slash["name"]) == (1, "keep")
    assert entry == {
        "name": "Reply",
        "name_localizations": {"id": "Balas"},
        "type": 3,
        "default_member_permissions": None,
        "contexts": [0, 1],
        "integration_types": [0],
    }
    assert request_problem("PUT /applications/{application_id}/commands", [slash, entry]) is None
    assert command_problems([slash, entry]) == []


def test_a_moderator_s_command_is_shown_to_moderators() -> None:
    (_, entry) = tree((replace(keep, right=Role.MODERATOR),), {})
    assert entry["default_member_permissions"] == MANAGE_MESSAGES


def test_the_product_s_menu_is_within_discord_s_limits() -> None:
    titles = [command.on_message for command in Index(FEATURES).commands if command.on_message]
    assert len(titles) <= MOST
    people = [command.on_person for command in Index(FEATURES).commands if command.on_person]
    assert len(people) <= MOST_PEOPLE
    assert len(menu(Index(FEATURES).commands)) == len(titles) + len(people)
    assert all(
        0 < len(Speech(language).words(title)) <= LONGEST for title in titles + people for language in ("en", "id")
    )


async def test_what_discord_has_registered_is_not_registered_again(keeper: Stage) -> None:
    assert keeper.server.people.registered("Reply", 3, None)["description"] == ""
    writes = keeper.server.handlers.command_writes
    assert not await keeper.discord.publish_commands()
    assert keeper.server.handlers.command_writes == writes == 1


async def test_it_asks_for_what_is_missing_and_is_about_the_message(keeper: Stage) -> None:
    sent = keeper.state.files.add(b"%PDF", "a.pdf")
    said = await keeper.server.people.say(keeper.citra, keeper.channel, "see https://x.example/a", sent)
    opened = await keeper.server.people.menu(keeper.ben, keeper.channel, "Reply", said)
    await keeper.until(lambda: opened.modal)
    assert opened.modal is not None
    assert [field["label"] for field in fields(opened.modal)] == ["the topic"]
    done = await answered(await keeper.server.people.submit(opened, {"topic": "maths"}))
    assert (done.reply.text, done.reply.only_for) == ("Kept for maths.", keeper.ben.id)
    ((ref, quoted, topic),) = KEPT
    assert (ref, topic) == (Ref(keeper.place, str(said.id)), "maths")
    assert quoted is not None
    assert replace(quoted, file=None) == Quoted(
        "see https://x.example/a", Account("discord", str(keeper.citra.id)), "Citra"
    )
    assert quoted.file is not None
    assert quoted.file.id == sent.url


async def test_a_card_of_ours_has_no_author(keeper: Stage) -> None:
    card = await keeper.panel()
    opened = await keeper.server.people.menu(keeper.citra, keeper.channel, "Reply", card)
    await keeper.until(lambda: opened.modal)
    assert opened.modal is not None
    assert [field["label"] for field in fields(opened.modal)] == ["the topic"]
    await answered(await keeper.server.people.submit(opened, {"topic": "maths"}))
    assert list(KEPT) == [(Ref(keeper.place, str(card.id)), Quoted(), "maths")]


async def test_a_menu_command_of_an_earlier_version_says_so(keeper: Stage) -> None:
    old = keeper.server.people.registered("Reply", 3, None) | {"name": "keep this"}
    keeper.state.commands[None].append(old)
    said = await keeper.server.people.say(keeper.citra, keeper.channel, "words")
    item = await answered(await keeper.server.people.menu(keeper.ben, keeper.channel, "keep this", said))
    assert "no longer open" in item.reply.text
    assert list(KEPT) == []


async def test_somebody_s_link_is_saved_from_the_menu_in_two_clicks(tmp_path: Path) -> None:
    async with staged(tmp_path, features=FEATURES) as stage:
        said = await stage.server.people.say(stage.citra, stage.channel, "https://id.wikipedia.org/wiki/Sel Cells")
        item = await answered(await stage.server.people.menu(stage.ben, stage.channel, "Save as resource", said))
        assert item.reply.only_for == stage.ben.id
        assert "Saved as `R1`" in item.reply.text
        assert len(stage.state.messages_in(stage.channel)) == 1
