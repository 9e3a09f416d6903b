"""The watch on Telegram, where everybody in the group reads a command."""

from pathlib import Path

import pytest

from tests.adapters.telegram.circle import Circle, circled
from tests.wire.telegram.world import Person


async def newcomer(circle: Circle) -> Person:
    """Somebody who comes into the group now and has opened the private chat."""
    fani = circle.stage.server.world.add_person("Fani", language_code="en")
    await circle.joins(fani)
    circle.stage.server.people.start(fani)
    await circle.settle()
    return fani


@pytest.mark.parametrize("line", ["/foo https://spam.example", "/help https://spam.example"])
async def test_a_newcomer_s_link_in_a_command_is_taken_away(tmp_path: Path, line: str) -> None:
    async with circled(tmp_path, admin=True) as circle:
        fani = await newcomer(circle)
        await circle.says(fani, line)
        assert circle.done()["deleteMessage"] == 1
        assert any("Your message waits" in words for words in circle.told(fani))
        assert not any("/quiz" in words for words in circle.whispered(fani))
        await circle.says(circle.budi, line)
        assert circle.done()["deleteMessage"] == 1, "whoever is here for long may link"


async def test_a_command_of_another_bot_and_one_without_a_link_stay(tmp_path: Path) -> None:
    async with circled(tmp_path, admin=True) as circle:
        fani = await newcomer(circle)
        await circle.says(fani, "/foo")
        await circle.says(fani, "/foo@other_bot hello")
        assert circle.done()["deleteMessage"] == 0
        await circle.says(fani, "/foo@other_bot https://spam.example")
        assert circle.done()["deleteMessage"] == 1
