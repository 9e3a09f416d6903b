"""The product on Telegram: a group adds the bot, sets it up, writes items, and answers the daily quiz together."""

from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from adapters.telegram.menu import menus
from bot.features import FEATURES
from bot.index import Index
from tests.adapters.telegram.stage import Stage, staged
from tests.wire.telegram.world import Chat, Json, Person

INDEX = Index(FEATURES)
JAKARTA = ZoneInfo("Asia/Jakarta")


async def turn_to(stage: Stage, hour: int) -> None:
    """Turn the clock to a minute past that hour in Jakarta and let everything due happen."""
    before = stage.server.world.now
    now = datetime.fromtimestamp(before(), JAKARTA)
    then = now.replace(hour=hour, minute=1, second=0, microsecond=0)
    then += timedelta(days=then <= now)
    ahead = (then - now).total_seconds()
    stage.server.world.now = lambda: before() + ahead
    await stage.app.outbox.settle()


def labels(message: Json) -> list[str]:
    return [button["text"] for row in message.get("reply_markup", {}).get("inline_keyboard", []) for button in row]


async def press(stage: Stage, person: Person, chat: Chat, message: Json, words: str) -> list[Json]:
    """Press the button whose label holds these words; gives the answers to the press."""
    label = next(label for label in labels(message) if words in label)
    pressed = stage.server.people.press(person, chat, message["message_id"], label)
    await stage.until(partial(getattr, pressed, "answers"))
    await stage.settled()
    await stage.app.outbox.settle()
    return pressed.answers


async def write(stage: Stage, person: Person, text: str) -> Json:
    """Say something in the private chat and give the bot's newest message there."""
    chat = stage.private(person)
    before = chat.last_message
    stage.server.people.say(person, None, text)
    await stage.until(lambda: chat.last_message > before + 1)
    await stage.settled()
    return stage.ours(chat)[-1]


async def add_item(stage: Stage, prompt: str, right: str, wrong: str) -> None:
    """The dialogue of /quizbank add in the private chat."""
    await write(stage, stage.ada, "/quizbank add")
    await write(stage, stage.ada, prompt)
    asked = await write(stage, stage.ada, f"{right}\n{wrong}")
    chat = stage.private(stage.ada)
    await press(stage, stage.ada, chat, asked, right)
    while "Lewati" in labels(asked := stage.ours(chat)[-1]):
        await press(stage, stage.ada, chat, asked, "Lewati")


async def test_a_day_of_the_quiz_from_the_invitation_to_the_result(tmp_path: Path) -> None:
    async with staged(tmp_path, features=FEATURES) as stage:
        group = stage.group = stage.server.world.add_chat(
            "Kelas Baru", owner=stage.ada, members=(stage.ben, stage.citra), bot=None
        )
        stage.ada.language_code = "id"
        stage.server.people.start(stage.ada)
        stage.server.people.set_bot(group, stage.ada, "administrator", ("can_delete_messages", "can_pin_messages"))
        await stage.settled()
        await stage.app.outbox.settle()
        (welcome,) = stage.ours(group)
        for tap in ("WIB", "Seimbang", "Lanjutkan", "soal kami"):
            await press(stage, stage.ada, group, welcome, tap)
        assert len(stage.ours(group)) == 1
        which = await write(stage, stage.ada, "/quizbank add")
        await press(stage, stage.ada, stage.private(stage.ada), which, "Kelas Baru")
        for number in range(3):
            await add_item(stage, f"Berapa {number} + 1?", str(number + 1), str(number + 5))
        await turn_to(stage, 7)
        quiz = await stage.until(lambda: next((m for m in stage.ours(group) if "Berapa" in m["text"]), None))
        public = len(stage.ours(group))
        first, second = labels(quiz)[:2]
        told = [await press(stage, person, group, quiz, first) for person in (stage.ada, stage.ben)]
        assert all(len(answers) == 1 for answers in told)
        await press(stage, stage.ben, group, quiz, second)
        assert len([m for m in stage.ours(group) if "Berapa" in m["text"]]) == 1
        await turn_to(stage, 20)
        assert quiz["_edits"] >= 1
        assert "▓" in quiz["text"]
        assert len(stage.ours(group)) <= public


async def test_every_command_run_bare_by_an_organiser_is_answered(tmp_path: Path) -> None:
    async with staged(tmp_path, features=FEATURES) as stage:
        for command in INDEX.commands:
            before = len(stage.ours(stage.group))
            stage.server.people.say(stage.ada, stage.group, f"/{command.path}")
            await stage.until(partial(stage.more_than, before))
            await stage.settled()
        assert stage.telegram.sender.alarms == 0
        assert stage.telegram.reception.count.set_aside == 0


@pytest.mark.parametrize("local", [True, False])
def test_the_menus_of_the_product_are_legal_and_short_enough_to_read(local: bool) -> None:
    most = {"all_private_chats": 10, "all_group_chats": 10, "all_chat_administrators": 18}
    for menu in menus(INDEX.commands, INDEX.groups, local_names=local):
        names = [name for name, _ in menu.entries]
        assert 0 < len(names) <= most[menu.scope.type]
        assert len(set(names)) == len(names)
        for name, description in menu.entries:
            assert name.isascii()
            assert name.replace("_", "").isalnum()
            assert name == name.lower()
            assert 1 <= len(description) <= 256
            assert INDEX.find(name) or INDEX.group(name)


@pytest.mark.parametrize("acquainted", [False, True], ids=["a stranger", "a friend"])
async def test_in_a_group_an_item_is_written_step_by_step_and_what_is_optional_can_be_skipped(
    tmp_path: Path, acquainted: bool
) -> None:
    async with staged(tmp_path, features=FEATURES) as stage:
        if acquainted:
            stage.server.people.start(stage.ada)
            await stage.settled()
        stage.server.people.say(stage.ada, stage.group, "/quizbank add Ibu kota Jepang?\nTokyo\nOsaka")
        await stage.until(lambda: stage.more_than(0))
        await stage.settled()
        assert await press(stage, stage.ada, stage.group, stage.ours(stage.group)[-1], "Tokyo") == [{}]
        assert stage.texts(stage.group)[-1].startswith("Why is it right?")
        question = stage.ours(stage.group)[-1]["message_id"]
        stage.server.people.say(stage.ada, stage.group, "The emperor lives there.", reply_to=question)
        await stage.until(lambda: stage.more_than(2))
        await stage.settled()
        assert stage.texts(stage.group)[-1].startswith("Which topic?")
        await press(stage, stage.ada, stage.group, stage.ours(stage.group)[-1], "Skip")
        async with stage.store.read() as unit:
            (item,) = await unit.items.page(1, "", 0, 5)
        assert item.text("en").explanation == "The emperor lives there."


async def test_a_public_card_whose_button_asked_something_stays_when_the_question_goes(tmp_path: Path) -> None:
    async with staged(tmp_path, features=FEATURES) as stage:
        stage.server.people.set_bot(stage.group, stage.ada, "administrator", ("can_delete_messages",))
        stage.server.people.say(stage.ada, stage.group, "/quizbank list")
        await stage.until(lambda: stage.more_than(0))
        await stage.settled()
        await press(stage, stage.ada, stage.group, stage.ours(stage.group)[-1], "Add a question")
        assert stage.texts(stage.group)[-1].startswith("What is the question?")
        *_, task = stage.telegram.reception._later
        await stage.telegram.reception._later.pop(task)()
        task.cancel()
        assert stage.texts(stage.group) == ["No questions here yet. The first one takes a minute."]
