"""The question bank on Telegram: dialogues, files and pictures through the real library."""

from functools import partial
from pathlib import Path

from bot.features import FEATURES
from tests.adapters.shelf import png
from tests.adapters.telegram.stage import Stage, staged
from tests.adapters.telegram.test_product import labels, press, write
from tests.wire.telegram.world import Chat, Json, Person

CSV = b"question,option1,option2,correct\nCapital of Japan?,Osaka,Tokyo,2\nCapital of Peru?,Lima,Cusco,1\n"


async def send(stage: Stage, person: Person, content: bytes, name: str, caption: str) -> Json:
    """Send a file in the private chat and give the bot's newest answer with words."""
    chat = stage.private(person)
    before = chat.last_message
    stage.server.people.send(person, None, content, name, caption)
    await stage.until(lambda: chat.last_message > before + 1)
    await stage.settled()
    return newest(stage, chat)


def newest(stage: Stage, chat: Chat) -> Json:
    """The bot's newest message, with a file or without."""
    bot = stage.server.world.bot.id
    return [message for message in chat.messages.values() if message["from"]["id"] == bot][-1]


def words(message: Json) -> str:
    return str(message.get("text") or message.get("caption") or "")


async def test_a_member_s_question_is_written_read_and_told_about(tmp_path: Path) -> None:
    async with staged(tmp_path, features=FEATURES) as stage:
        for person in (stage.ada, stage.ben):
            stage.server.people.start(person)
            await stage.settled()
        ben, ada = stage.private(stage.ben), stage.private(stage.ada)
        await write(stage, stage.ben, "/quizbank add 7 × 8 = ?\n54\n*56")
        for _ in range(2):
            await press(stage, stage.ben, ben, stage.ours(ben)[-1], "Skip")
        assert "A second person reads it" in stage.ours(ben)[-1]["text"]
        seen = await write(stage, stage.ada, "/quizbank review")
        assert "Right: B. 56" in seen["text"]
        await press(stage, stage.ada, ada, seen, "Send back")
        await write(stage, stage.ada, "Add a third option.")
        await stage.app.outbox.settle()
        told = await stage.until(lambda: next((m for m in stage.ours(ben) if "needs a change" in m["text"]), None))
        await press(stage, stage.ben, ben, told, "Edit")
        await press(stage, stage.ben, ben, stage.ours(ben)[-1], "Options")
        assert "Changed." in (await write(stage, stage.ben, "54\n*56\n63"))["text"]
        seen = await write(stage, stage.ada, "/quizbank review")
        await press(stage, stage.ada, ada, seen, "Approve")
        assert "Question #1 is in use now." in stage.ours(ada)[-1]["text"]
        await stage.until(lambda: any("was approved" in text for text in stage.texts(ben)))


async def test_files_come_in_and_go_out_and_a_picture_is_seen_by_who_asks_for_it(tmp_path: Path) -> None:
    async with staged(tmp_path, features=FEATURES) as stage:
        stage.server.people.start(stage.ada)
        await stage.settled()
        chat = stage.private(stage.ada)
        read = await send(stage, stage.ada, CSV, "soal.csv", "/quizbank import")
        assert "2 questions read" in words(read)
        assert labels(read) == ["Save 2", "Cancel"]
        await press(stage, stage.ada, chat, read, "Save 2")
        assert "2 questions are in the bank now." in words(newest(stage, chat))
        stage.server.people.say(stage.ada, None, "/quizbank export gift")
        await stage.until(lambda: "document" in newest(stage, chat))
        document = stage.server.files.stored[newest(stage, chat)["document"]["file_id"]]
        assert b"Capital of Peru" in document.content
        content = png(8)
        await send(stage, stage.ada, content, "map.png", "/quizbank picture 1")
        page = await write(stage, stage.ada, "/quizbank show 1")
        await press(stage, stage.ada, chat, page, "Show the picture")
        await stage.until(partial(_is_photo, stage, chat))
        photo = stage.server.files.stored[newest(stage, chat)["photo"][-1]["file_id"]]
        assert photo.content == content


def _is_photo(stage: Stage, chat: Chat) -> bool:
    return "photo" in newest(stage, chat)
