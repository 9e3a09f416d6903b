"""The question bank on Discord: forms, files and pictures through the real library."""

from pathlib import Path

from bot.features import FEATURES
from tests.adapters.discord.stage import Stage, staged
from tests.adapters.shelf import png
from tests.wire.discord.interactions import Interaction
from tests.wire.discord.people import answered, fields

CSV = b"question,option1,option2,correct\nCapital of Japan?,Osaka,Tokyo,2\nCapital of Peru?,Lima,Cusco,1\n"


async def submits(stage: Stage, opened: Interaction, values: dict[str, str]) -> Interaction:
    return await answered(await stage.server.people.submit(opened, values))


async def test_a_member_s_question_is_written_in_a_form_read_by_another_and_changed(tmp_path: Path) -> None:
    async with staged(tmp_path, features=FEATURES) as stage:
        opened = await stage.slash(stage.ben, "quizbank add")
        assert opened.modal is not None
        assert [field["custom_id"] for field in fields(opened.modal)] == ["prompt", "options", "explanation", "topic"]
        written = await submits(stage, opened, {"prompt": "7 × 8 = ?", "options": "54\n*56", "topic": "maths"})
        assert "A second person reads it" in written.reply.text
        assert written.reply.only_for == stage.ben.id
        seen = (await stage.slash(stage.ada, "quizbank review")).reply
        assert "Right: B. 56" in seen.text
        sent_back = await stage.press(stage.ada, seen, "Send back")
        assert sent_back.modal is not None
        await submits(stage, sent_back, {"reason": "Add a third option."})
        edit = (await stage.slash(stage.ben, "quizbank edit", {"n": 1})).reply
        assert "Add a third option." in edit.text
        changing = await stage.press(stage.ben, edit, "Options")
        changed = await submits(stage, changing, {"options": "54\n*56\n63"})
        assert "Changed." in changed.reply.text
        seen = (await stage.slash(stage.ada, "quizbank review")).reply
        approved = await stage.press(stage.ada, seen, "Approve")
        assert "is in use now." in approved.reply.text


async def test_files_come_in_and_go_out_and_a_picture_is_seen_by_who_asks_for_it(tmp_path: Path) -> None:
    async with staged(tmp_path, features=FEATURES) as stage:
        file = stage.state.files.add(CSV, "soal.csv")
        read = (await stage.slash(stage.ada, "quizbank import", {"file": file})).reply
        assert "2 questions read" in read.text
        saved = await stage.press(stage.ada, read, "Save 2")
        assert "2 questions are in the bank now." in saved.reply.text
        out = (await stage.slash(stage.ada, "quizbank export", {"form": "gift"})).reply
        assert out.only_for == stage.ada.id
        (gift,) = out.attachments
        assert b"Capital of Peru" in gift.content
        content = png(8)
        image = stage.state.files.add(content, "map.png")
        await stage.slash(stage.ada, "quizbank picture", {"n": 1, "image": image})
        page = (await stage.slash(stage.ada, "quizbank show", {"n": 1})).reply
        assert not page.attachments
        pressed = await stage.server.people.press(stage.ada, page, "Show the picture")
        await stage.until(lambda: pressed.messages)
        (shown,) = pressed.messages
        assert [attachment.content for attachment in shown.attachments] == [content]
        assert shown.only_for == stage.ada.id


async def test_a_form_whose_lines_are_no_good_says_so_and_keeps_the_rest(tmp_path: Path) -> None:
    async with staged(tmp_path, features=FEATURES) as stage:
        opened = await stage.slash(stage.ada, "quizbank add")
        told = await submits(stage, opened, {"prompt": "Capital of Japan?", "options": "Tokyo"})
        assert "One line is one answer" in told.reply.text
        again = await stage.press(stage.ada, told.reply, "Fill in")
        assert again.modal is not None
        saved = await submits(stage, again, {"options": "= Tokyo"})
        assert "Right: Tokyo" in saved.reply.text
