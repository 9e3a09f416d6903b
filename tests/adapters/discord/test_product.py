"""The product on Discord: a server adds the bot, sets it up, writes an item, and answers the daily quiz together."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from adapters.discord.slash import registered, tree
from bot.features import FEATURES
from bot.index import Index
from tests.adapters.discord.stage import Stage, staged
from tests.wire.discord import Message, Person
from tests.wire.discord.people import answered, fields
from tests.wire.discord.schema import request_problem
from tests.wire.discord.state import COMPONENTS_V2
from tests.wire.discord.validation import command_problems

INDEX = Index(FEATURES)
JAKARTA = ZoneInfo("Asia/Jakarta")
INTEGER, PERSON = 4, 6


async def turn_to(stage: Stage, hour: int) -> None:
    """Turn the clock to a minute past that hour in Jakarta and let everything due happen."""
    now = datetime.fromtimestamp(stage.state.clock.now(), JAKARTA)
    then = now.replace(hour=hour, minute=1, second=0, microsecond=0)
    then += timedelta(days=then <= now)
    stage.state.clock.advance((then - now).total_seconds())
    await stage.app.outbox.settle()


async def add_item(stage: Stage, prompt: str, right: str, wrong: str) -> None:
    opened = await stage.slash(stage.ada, "quizbank add")
    asked = await answered(await stage.server.people.submit(opened, {"prompt": prompt, "options": f"{right}\n{wrong}"}))
    await stage.press(stage.ada, asked.reply, right)


def card(stage: Stage, words: str) -> Message:
    return next(message for message in stage.state.messages_in(stage.channel) if words in message.text)


def test_discord_takes_the_product_s_commands() -> None:
    payload = tree(INDEX.commands, INDEX.groups)
    assert request_problem("PUT /applications/{application_id}/commands", payload) is None
    assert command_problems(payload) == []
    assert len([command for command in payload if command["type"] == 1]) <= 20


async def test_every_command_run_bare_is_answered_or_asks(tmp_path: Path) -> None:
    async with staged(tmp_path, features=FEATURES) as stage:
        for command in INDEX.commands:
            path = registered(command)
            item = await stage.slash(stage.ada, path, demanded(stage, path))
            assert item.modal or item.reply.text, path


def demanded(stage: Stage, path: str) -> dict[str, str | int | Person]:
    """Something for every option without which Discord does not let the command be run."""
    top, _, sub = path.partition(" ")
    node = stage.server.people.registered(top, 1, None)
    if sub:
        node = next(option for option in node["options"] if option["name"] == sub)
    options = [option for option in node.get("options") or [] if option.get("required")]
    return {option["name"]: stage.citra if option["type"] == PERSON else _anything(option) for option in options}


def _anything(option: Mapping[str, Any]) -> str | int:
    if option.get("choices"):
        value: str | int = option["choices"][0]["value"]
        return value
    return int(option["min_value"]) if option["type"] == INTEGER else "x"


async def test_a_day_of_the_quiz_from_the_invitation_to_the_result(tmp_path: Path) -> None:
    async with staged(tmp_path, features=FEATURES) as stage:
        stage.guild = stage.state.add_guild("Kelas Baru", stage.ada, locale="id")
        stage.state.join(stage.guild, stage.ben, stage.citra)
        stage.channel = stage.state.add_channel(stage.guild, "umum", system=True)
        await stage.server.people.add_bot(stage.guild)
        await stage.until(lambda: stage.state.messages_in(stage.channel))
        welcome = stage.state.messages_in(stage.channel)[0]
        assert welcome.flags & COMPONENTS_V2
        for tap in ("WIB", "Seimbang", "Lanjutkan", "soal kami"):
            await stage.press(stage.ada, welcome, tap)
            await stage.app.outbox.settle()
        for number in range(3):
            await add_item(stage, f"Berapa {number} + 1?", str(number + 1), str(number + 5))
        await turn_to(stage, 7)
        before = len(stage.texts())
        quiz = next(message for message in stage.state.messages_in(stage.channel) if "Berapa" in message.text)
        presses = [part for part in quiz.buttons if part.get("custom_id")]
        told = [(await stage.press(person, quiz, presses[0]["custom_id"])).reply for person in (stage.ada, stage.ben)]
        assert all(reply.only_for in (stage.ada.id, stage.ben.id) for reply in told)
        again = (await stage.press(stage.ben, quiz, presses[1]["custom_id"])).reply
        assert again.only_for == stage.ben.id
        assert len(stage.texts()) == before
        await turn_to(stage, 20)
        assert quiz.edits >= 1
        assert "2" in quiz.text
        assert not stage.server.truth.violations


async def test_the_modal_of_the_bank_has_words_in_the_person_s_language(tmp_path: Path) -> None:
    async with staged(tmp_path, features=FEATURES) as stage:
        stage.state.join(stage.guild, stage.citra, permissions=stage.guild.members[stage.ada.id])
        opened = await stage.slash(stage.citra, "quizbank add")
        assert opened.modal is not None
        assert fields(opened.modal)[0]["label"] != "The question"
