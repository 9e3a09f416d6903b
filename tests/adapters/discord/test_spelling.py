"""Commands are called in messages as they are registered on Discord."""

from pathlib import Path
from typing import Any

import pytest

from adapters.discord.slash import registered, tree
from adapters.discord.spelling import Renderer
from bot.chat.message import Bar, Bars, Block, Bullets, Code, Heading, Message, Paragraph, Quote, say
from bot.chat.press import Press
from bot.chat.text import Run, Style, code
from bot.index import Index
from bot.speech import Speech
from tests.adapters.discord.feature import FEATURE
from tests.adapters.discord.stage import staged
from tests.adapters.discord.topic import TOPIC, shutting

INDEX = Index((FEATURE, TOPIC))


def sign(press: Press) -> str:
    return press.action


def shown(*blocks: Block) -> str:
    (body,) = Renderer(sign, INDEX.commands).pages(Message(blocks))
    return str(body["content"])


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("/shut", "`/topic shut`"),
        ("/shut 5", "`/topic shut 5`"),
        ("/shutter", "`/shutter`"),
        ("/me", "`/me`"),
        ("shut", "`shut`"),
        ("/topic shut", "`/topic shut`"),
    ],
)
def test_a_command_is_called_by_its_slash_path(written: str, read: str) -> None:
    assert shown(Paragraph((code(written),))) == read


def test_it_is_so_in_every_block_but_only_as_code() -> None:
    line = (Run("see "), code("/shut"))
    blocks = (Heading(line), Bullets((line,)), Quote(line), Bars((Bar(line, 1, 2),)))
    assert shown(*blocks).count("`/topic shut`") == 4
    assert "topic" not in shown(Code("/shut"), Paragraph((Run("/shut", Style.BOLD),)))


def test_without_slash_paths_nothing_changes() -> None:
    message = Speech("en").message(say(code("/shut")))
    (body,) = Renderer(sign, FEATURE.commands).pages(message)
    assert body["content"] == "`/shut`"


def test_a_command_is_registered_under_its_slash_path_alone() -> None:
    payload = tree(INDEX.commands, INDEX.groups)
    names = [command["name"] for command in payload]
    assert registered(shutting) == "topic shut"
    assert ("shut" in names, names.count("topic")) == (False, 1)
    top: Any = payload[names.index("topic")]
    assert [(option["type"], option["name"]) for option in top["options"]] == [(1, "shut")]
    assert top["description"] == "Topics"


async def test_it_is_run_and_shown_by_that_path(tmp_path: Path) -> None:
    async with staged(tmp_path, features=(FEATURE, TOPIC)) as stage:
        item = await stage.slash(stage.ben, "topic shut")
        assert "Send `/topic shut 5`." in item.reply.text
