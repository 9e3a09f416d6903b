"""Thanks on Discord: from a message's menu, by a mark, and what somebody contributed from a person's menu."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.discord.circle import Circle, circled, plain


@pytest.fixture
async def circle(tmp_path: Path) -> AsyncIterator[Circle]:
    """The class."""
    async with circled(tmp_path) as made:
        yield made


async def test_the_author_is_thanked_from_the_menu_once_and_in_private(circle: Circle) -> None:
    said = await circle.says(circle.dewi, "Blue light is scattered most", circle.stage.channel)
    told = await circle.chooses(circle.eko, "Thank author", said)
    assert plain(told.reply.text).startswith("Noted. dewi finds your thanks under /why.")
    assert told.reply.only_for == circle.eko.id
    again = await circle.chooses(circle.eko, "Thank author", said)
    assert "dewi has your thanks for this already." in again.reply.text
    assert await circle.points(circle.dewi) == 1


async def test_folded_hands_count_until_they_or_the_message_go(circle: Circle) -> None:
    said = await circle.says(circle.dewi, "Blue light is scattered most", circle.stage.channel)
    await circle.thanks(circle.eko, said)
    assert await circle.points(circle.dewi) == 1
    await circle.unthanks(circle.eko, said)
    assert await circle.points(circle.dewi) == 0
    await circle.thanks(circle.eko, said)
    await circle.thanks(circle.ben, said)
    assert await circle.points(circle.dewi) == 2
    await circle.server.people.delete(said)
    await circle.settle()
    assert await circle.points(circle.dewi) == 0


async def test_what_is_a_week_old_is_no_longer_thanked_for_in_passing(circle: Circle) -> None:
    said = await circle.says(circle.dewi, "Blue light is scattered most", circle.stage.channel)
    await circle.passes(7 * 24 * 3600)
    await circle.thanks(circle.eko, said)
    assert await circle.points(circle.dewi) == 0


async def test_contributions_are_shown_from_a_person_s_menu(circle: Circle) -> None:
    said = await circle.says(circle.dewi, "Blue light is scattered most", circle.stage.channel)
    await circle.thanks(circle.eko, said)
    told = await circle.opens(circle.ben, "View contributions", circle.dewi)
    assert "Contributions of dewi" in told.reply.text
    assert "Thanks from others: 1 this month, 1 in all" in plain(told.reply.text)
    assert told.reply.only_for == circle.ben.id
