"""Help fits the one who asks, and every topic is answered."""

import pytest

from bot.chat.places import Role
from bot.command import Command
from bot.features import FEATURES
from bot.index import Index
from tests.world import World

COMMANDS = Index(FEATURES).commands


async def test_six_commands_come_first_and_all_of_them_with_a_tap(world: World) -> None:
    await world.citra.says("/help")
    lines = [line for line in world.citra.told.splitlines() if line.startswith("• /")]
    assert len(lines) == 6
    assert "/daily" in lines[0]
    assert world.citra.buttons == ["Semua perintah"]
    await world.citra.presses("Semua perintah")
    assert world.citra.sees("/why", "/privacy")
    assert world.public == []


async def test_help_lists_only_what_the_asker_may_do(world: World) -> None:
    may = {world.citra: Role.MEMBER, world.budi: Role.MODERATOR, world.ani: Role.ORGANISER}
    for person, role in may.items():
        await person.says("/help all")
        for command in COMMANDS:
            assert (f"/{command.path} " in person.told) is (command.right <= role), command.path


async def test_an_organiser_is_led_to_the_setup(world: World) -> None:
    await world.ani.says("/help")
    await world.ani.presses("Atur grup")
    assert "1 dari 3" in world.ani.told


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.path)
async def test_every_command_has_its_page_in_both_languages(world: World, command: Command) -> None:
    for person in (world.citra, world.eko):
        await person.says(f"/help {command.path}")
        assert f"/{command.path}" in person.told
        for alias in command.aliases:
            assert f"/{alias}" in person.told
    assert "Perintah ini" in world.citra.told
    assert "Who:" in world.eko.told


@pytest.mark.parametrize("topic", ["harian", "/daily", "KUISHARIAN", "kuis-harian"])
async def test_a_topic_may_be_spelled_as_the_command_may(world: World, topic: str) -> None:
    await world.citra.says(f"/bantuan {topic}")
    assert world.citra.told.startswith("/daily")


@pytest.mark.parametrize("line", ["/help quizbank", "/help banksoal", "/quizbank", "/banksoal"])
async def test_a_group_of_commands_is_listed(world: World, line: str) -> None:
    await world.citra.says(line)
    assert "/quizbank add" in world.citra.told
    assert "/quizbank list" in world.citra.told


async def test_an_unknown_topic_is_answered_kindly_with_what_works(world: World) -> None:
    await world.citra.says("/help me please")
    assert "/help all" in world.citra.told
    await world.eko.says("/help xyzzy")
    assert "I know no command of that name" in world.eko.told


async def test_a_guest_is_helped_in_private(empty: World) -> None:
    await empty.eko.private.says("/help all")
    assert "/language" in empty.eko.private.told
    assert "/setup" not in empty.eko.private.told
