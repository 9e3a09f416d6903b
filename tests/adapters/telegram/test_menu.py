"""Menus per scope and language, published only where they differ."""

import json
from pathlib import Path

from adapters.telegram.menu import menus
from bot.chat.act import Menu, Roll
from bot.chat.places import Place, Role
from bot.chat.text import T
from tests.adapters.telegram.feature import FEATURE
from tests.adapters.telegram.stage import Stage, staged
from tests.wire.faults import Fault, Kind, Match

GROUPS = dict(FEATURE.groups)


def shown(scope: str, language: str, *, local_names: bool = True) -> dict[str, str]:
    return next(
        dict(menu.entries)
        for menu in menus(FEATURE.commands, GROUPS, local_names=local_names)
        if (menu.scope.type, menu.language) == (scope, language)
    )


def published(stage: Stage) -> dict[tuple[str, str], list[str]]:
    return {
        (json.loads(scope)["type"], language): [entry["command"] for entry in entries]
        for (scope, language), entries in stage.server.world.menus.items()
    }


def test_each_scope_lists_its_own_commands() -> None:
    assert list(shown("all_private_chats", "")) == ["me", "secret", "start"]
    assert list(shown("all_group_chats", "")) == ["panel", "me"]


def test_the_administrators_menu_holds_the_groups_because_telegram_shows_only_one() -> None:
    assert list(shown("all_chat_administrators", "")) == ["panel", "me", "note", "box"]


def test_a_command_of_two_words_stands_under_its_first_with_the_groups_help() -> None:
    assert shown("all_chat_administrators", "")["box"] == "The box"


def test_the_indonesian_menu_has_indonesian_names_unless_switched_off() -> None:
    assert list(shown("all_group_chats", "id")) == ["panel", "saya"]
    assert list(shown("all_group_chats", "id", local_names=False)) == ["panel", "me"]


def test_descriptions_fit_and_names_are_legal() -> None:
    for menu in menus(FEATURE.commands, {"box": T("long " * 100)}):
        for name, description in menu.entries:
            assert 1 <= len(description) <= 256
            assert name.replace("_", "").isalnum()
            assert name == name.lower()


async def test_menus_are_published_once_and_a_second_start_changes_nothing(stage: Stage) -> None:
    await stage.until(lambda: len(stage.server.world.menus) == 6)
    assert published(stage)["all_group_chats", "id"] == ["panel", "saya"]
    calls = stage.server.truth.count("call", "setMyCommands")
    assert calls == 6
    assert await stage.telegram.publish_menus() == 0
    assert stage.server.truth.count("call", "setMyCommands") == calls


async def test_only_the_menu_that_differs_is_published_again(stage: Stage) -> None:
    await stage.until(lambda: len(stage.server.world.menus) == 6)
    key = next(iter(stage.server.world.menus))
    stage.server.world.menus[key] = [{"command": "old", "description": "gone"}]
    assert await stage.telegram.publish_menus() == 1
    assert stage.server.world.menus[key][0]["command"] != "old"


async def test_without_menus_the_bot_works_all_the_same(tmp_path: Path) -> None:
    async with staged(tmp_path, run=False) as stage:
        stage.server.faults.add(Fault(Kind.RATE_LIMIT, retry_after=600), Match("*MyCommands"))
        await stage.telegram.start()
        assert await stage.telegram.publish_menus() == 0
        await stage.telegram.stop()


async def test_one_group_sees_a_menu_of_its_own_and_then_the_usual_one_again(stage: Stage) -> None:
    await stage.until(lambda: len(stage.server.world.menus) == 6)
    there = Place("telegram", str(stage.group.id))
    await stage.telegram.act(there, Menu(("panel",)), "k")
    own = {lang: names for (scope, lang), names in published(stage).items() if scope == "chat"}
    assert own == {"": ["panel"], "id": ["panel"]}
    await stage.telegram.act(there, Menu(), "k")
    assert {scope for scope, _ in published(stage)} == {
        "all_private_chats",
        "all_group_chats",
        "all_chat_administrators",
    }


async def test_who_leads_a_group_is_told_without_bots(stage: Stage) -> None:
    told = json.loads(await stage.telegram.act(Place("telegram", str(stage.group.id)), Roll(), "k"))
    assert [leader["id"] for leader in told] == [str(stage.ada.id)]
    assert told[0]["role"] == Role.ORGANISER
