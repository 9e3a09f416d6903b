"""Files in both directions over the real library: what people send is fetched, what the bot gives is uploaded."""

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from adapters.telegram.attach import LONGEST_NAME, name
from bot.chat.errors import Ambiguous, Gone, PlatformError, Refused, SlowDown
from bot.chat.file import Document, File
from bot.chat.message import Button, Message, say
from bot.chat.places import Place
from bot.chat.press import Press
from bot.speech import Speech
from tests.adapters.shelf import CHART, MOST, READ, SHELF, TABLE, png
from tests.adapters.telegram.feature import FEATURE
from tests.adapters.telegram.stage import Stage, staged
from tests.wire.faults import Fault, Kind, Match
from tests.wire.telegram.world import Chat, Json

CSV = b"question,answer\r\nWhy?,Because\r\n"
WORDS = Speech("en")


@pytest_asyncio.fixture
async def shelf(tmp_path: Path) -> AsyncIterator[Stage]:
    """A bot that takes and gives files."""
    READ.clear()
    async with staged(tmp_path, features=(FEATURE, SHELF)) as stage:
        yield stage


def given(stage: Stage, chat: Chat) -> list[tuple[str, str, bytes]]:
    """What the bot gave there and still stands: name ("" for a photo), caption, content."""
    bot = stage.server.world.bot.id
    return [_shown(stage, m) for m in chat.messages.values() if m["from"]["id"] == bot and _file_id(m)]


def _shown(stage: Stage, message: Json) -> tuple[str, str, bytes]:
    stored = stage.server.files.stored[_file_id(message)]
    return stored.name, message.get("caption", ""), stored.content


def _file_id(message: Json) -> str:
    if "document" in message:
        return str(message["document"]["file_id"])
    return str(message["photo"][-1]["file_id"]) if "photo" in message else ""


def place(chat: Chat) -> Place:
    return Place("telegram", str(chat.id))


def message(*files: Document, text: str = "halo", rows: bool = False) -> Message:
    """A message of ours with files."""
    buttons = ((Button("x", Press("tap", 1, (1,))),),) if rows else ()
    return Message(WORDS.message(say(text)).blocks, buttons, files=files)


async def sent(stage: Stage, content: bytes, *, says: int | None = None, chunked: bool = False) -> File:
    """A file that somebody sent, as the core sees it."""
    shown = stage.server.people.send(stage.ben, None, content, "a.csv", says=says, chunked=chunked)
    await stage.settled()
    return File("telegram", shown["document"]["file_id"], "a.csv")


# What people send


async def test_a_command_below_a_file_reads_it(shelf: Stage) -> None:
    shelf.server.people.send(shelf.ben, None, CSV, "soal.csv", "/import")
    await shelf.until(lambda: shelf.texts(shelf.private(shelf.ben)))
    assert list(READ) == [Document("soal.csv", CSV, "text/csv")]
    assert shelf.texts(shelf.private(shelf.ben)) == [f"Read {len(CSV)} bytes of “soal.csv”."]


async def test_a_file_without_a_word_answers_the_question_for_it(shelf: Stage) -> None:
    shelf.server.people.say(shelf.ben, None, "/import")
    await shelf.until(lambda: shelf.texts(shelf.private(shelf.ben)))
    shelf.server.people.send(shelf.ben, None, CSV, "soal.csv")
    await shelf.until(lambda: READ)
    assert READ[0].content == CSV


async def test_words_may_be_pasted_in_place_of_a_file(shelf: Stage) -> None:
    shelf.server.people.say(shelf.ben, None, "/import")
    await shelf.until(lambda: shelf.texts(shelf.private(shelf.ben)))
    shelf.server.people.say(shelf.ben, None, "a,b\nc,d")
    await shelf.until(lambda: READ)
    assert (READ[0].name, READ[0].content) == ("", b"a,b\nc,d")


async def test_a_command_may_reply_to_somebodys_file(shelf: Stage) -> None:
    there = shelf.server.people.send(shelf.citra, shelf.group, CSV, "soal.csv")
    shelf.server.people.say(shelf.ben, shelf.group, "/import", reply_to=there["message_id"])
    await shelf.until(lambda: READ)
    assert READ[0].name == "soal.csv"


async def test_of_a_photo_the_largest_size_is_taken(shelf: Stage) -> None:
    shelf.server.people.send(shelf.ben, None, png(300, 200), caption="/import")
    await shelf.until(lambda: READ)
    assert list(READ) == [Document("", png(300, 200), "image/jpeg")]


async def test_a_file_in_a_group_that_nobody_asked_for_is_left_alone(shelf: Stage) -> None:
    shelf.server.people.set_bot(shelf.group, shelf.ada, "administrator", ("can_delete_messages",))
    shelf.server.people.send(shelf.ben, shelf.group, CSV, "soal.csv")
    shelf.server.people.send(shelf.ben, shelf.group, CSV, "soal.csv", "for you all")
    await shelf.settled()
    assert (READ, shelf.texts(shelf.group)) == ([], [])
    assert shelf.server.truth.count("call", "getFile") == 0


async def test_a_file_that_is_too_large_is_refused_by_what_its_sender_says_without_a_call(shelf: Stage) -> None:
    shelf.server.people.send(shelf.ben, None, b"x" * (MOST + 1), "big.csv", "/import")
    await shelf.until(lambda: shelf.texts(shelf.private(shelf.ben)))
    assert "too large" in shelf.texts(shelf.private(shelf.ben))[0]
    assert shelf.server.truth.count("call", "getFile") == 0


@pytest.mark.parametrize("chunked", [False, True])
async def test_a_file_that_lies_about_its_size_is_read_no_further_than_asked(shelf: Stage, chunked: bool) -> None:
    file = await sent(shelf, b"x" * 3_000_000, says=10, chunked=chunked)
    with pytest.raises(Refused, match="turned out"):
        await shelf.telegram.fetch(file, 1000)
    assert await shelf.telegram.fetch(await sent(shelf, b"y" * 1000, says=10, chunked=chunked), 1000) == b"y" * 1000


async def test_what_telegram_itself_finds_too_large_or_does_not_know_is_refused(shelf: Stage) -> None:
    file = await sent(shelf, b"x" * 20_000_001, says=10)
    with pytest.raises(Refused, match="too big"):
        await shelf.telegram.fetch(file, 30_000_000)
    with pytest.raises(Refused, match="says Telegram"):
        await shelf.telegram.fetch(await sent(shelf, b"xx"), 1)
    with pytest.raises(Refused):
        await shelf.telegram.fetch(File("telegram", "nothing"), 1000)


@pytest.mark.parametrize("kind", [Kind.RESET_MID_RESPONSE, Kind.TRUNCATED, Kind.SERVER_ERROR, Kind.RESET_AFTER_READ])
async def test_a_download_that_breaks_is_tried_twice_and_never_half_believed(shelf: Stage, kind: Kind) -> None:
    file = await sent(shelf, CSV)
    shelf.server.faults.add(Fault(kind, effect=True), Match("download"), times=1)
    assert await shelf.telegram.fetch(file, 1000) == CSV
    shelf.server.faults.add(Fault(kind, effect=True), Match("download"))
    with pytest.raises(Ambiguous):
        await shelf.telegram.fetch(file, 1000)


async def test_a_download_that_drips_arrives_whole(shelf: Stage) -> None:
    file = await sent(shelf, CSV)
    shelf.server.faults.add(Fault(Kind.SLOW_BYTES, seconds=0.1), Match("download"))
    assert await shelf.telegram.fetch(file, 1000) == CSV


async def test_a_download_that_is_limited_or_gone_says_so(shelf: Stage) -> None:
    file = await sent(shelf, CSV)
    shelf.server.faults.add(Fault(Kind.RATE_LIMIT), Match("download"), times=1)
    with pytest.raises(SlowDown):
        await shelf.telegram.fetch(file, 1000)
    shelf.server.faults.add(Fault(Kind.REFUSED, status=404), Match("download"))
    with pytest.raises(Ambiguous):
        await shelf.telegram.fetch(file, 1000)


async def test_a_file_that_cannot_be_fetched_now_is_asked_for_again(shelf: Stage) -> None:
    shelf.server.faults.add(Fault(Kind.SERVER_ERROR), Match("download"))
    shelf.server.people.send(shelf.ben, None, CSV, "soal.csv", "/import")
    await shelf.until(lambda: shelf.texts(shelf.private(shelf.ben)))
    assert "once more" in shelf.texts(shelf.private(shelf.ben))[0]


async def test_the_token_in_the_address_is_in_no_error_and_no_log(
    shelf: Stage, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    file, shown = await sent(shelf, CSV), []
    await shelf.telegram.fetch(file, 1000)
    for kind in (Kind.RESET_MID_RESPONSE, Kind.RESET_AFTER_READ, Kind.REFUSED, Kind.SERVER_ERROR, Kind.RATE_LIMIT):
        shelf.server.faults.clear()
        shelf.server.faults.add(Fault(kind), Match("download"))
        with pytest.raises(PlatformError) as error:
            await shelf.telegram.fetch(file, 1000)
        shown += [repr(error.value), str(error.value), repr(error.value.__cause__), repr(error.value.__context__)]
    assert "CANARY" not in "".join([*shown, caplog.text, *capsys.readouterr()])
    assert caplog.records


# What the bot gives


async def test_a_file_stands_with_its_words_below_it_and_buttons_under_both(shelf: Stage) -> None:
    ref = await shelf.telegram.send(place(shelf.group), message(TABLE, rows=True), "key")
    assert given(shelf, shelf.group) == [("soal kelas.csv", "halo", TABLE.content)]
    stands = shelf.group.messages[int(ref.message)]
    assert stands["reply_markup"]["inline_keyboard"]
    assert stands["_silent"]


async def test_a_picture_is_shown_as_one(shelf: Stage) -> None:
    await shelf.telegram.send(place(shelf.group), message(CHART), "key")
    assert given(shelf, shelf.group) == [("", "halo", CHART.content)]


async def test_a_picture_that_moves_stays_a_document(shelf: Stage) -> None:
    moving = Document("a.gif", b"GIF89a......", "image/gif")
    await shelf.telegram.send(place(shelf.group), message(moving), "key")
    assert [file for file, _, _ in given(shelf, shelf.group)] == ["a.gif"]


@pytest.mark.parametrize(
    "picture",
    [
        Document("wide.png", png(2001, 1), "image/png"),
        Document("fake.png", b"no picture", "image/png"),
        Document("big.png", png() + b"\0" * 10_000_000, "image/png"),
    ],
    ids=lambda picture: picture.name,
)
async def test_a_picture_that_telegram_cannot_show_goes_as_a_document(shelf: Stage, picture: Document) -> None:
    await shelf.telegram.send(place(shelf.group), message(picture), "key")
    assert [(file, words) for file, words, _ in given(shelf, shelf.group)] == [(picture.name, "halo")]


async def test_words_too_long_for_a_caption_stand_above_the_file_and_are_what_is_edited(shelf: Stage) -> None:
    ref = await shelf.telegram.send(place(shelf.group), message(TABLE, text="kata " * 300, rows=True), "key")
    assert shelf.texts(shelf.group) == [("kata " * 300).strip()]
    assert [words for _, words, _ in given(shelf, shelf.group)] == [""]
    assert "reply_markup" in shelf.group.messages[int(ref.message)]
    assert "text" in shelf.group.messages[int(ref.message)]


async def test_several_files_come_in_their_order_and_the_words_are_with_the_first(shelf: Stage) -> None:
    ref = await shelf.telegram.send(place(shelf.group), message(TABLE, CHART), "key")
    assert [(file, words) for file, words, _ in given(shelf, shelf.group)] == [("soal kelas.csv", "halo"), ("", "")]
    assert shelf.group.messages[int(ref.message)]["caption"] == "halo"


async def test_an_empty_file_is_left_out_and_the_words_still_come(shelf: Stage) -> None:
    await shelf.telegram.send(place(shelf.group), message(Document("a.csv", b"", "text/csv")), "key")
    assert shelf.texts(shelf.group) == ["halo"]
    assert given(shelf, shelf.group) == []


@pytest.mark.parametrize(
    ("file", "shown"),
    [
        (Document("../etc/pass\r\nwd", b"x"), "_etc_pass_wd"),
        (Document('a"b\\c.csv', b"x"), "a_b_c.csv"),
        (Document("", b"x", "image/png"), "file.png"),
        (Document("", b"x"), "file"),
        (Document("ujian \ud800 é.csv", b"x"), "ujian \ufffd é.csv"),
        (Document("x" * 300 + ".csv", b"x"), "x" * (LONGEST_NAME - 4) + ".csv"),
    ],
)
def test_a_name_neither_ends_a_header_nor_names_a_folder(file: Document, shown: str) -> None:
    assert name(file) == shown


@pytest.mark.parametrize("effect", [True, False])
@pytest.mark.parametrize("kind", [Kind.SERVER_ERROR, Kind.RESET_AFTER_READ, Kind.RESET_MID_RESPONSE, Kind.TRUNCATED])
async def test_a_lost_reply_to_a_file_is_ambiguous_and_never_repeated(shelf: Stage, kind: Kind, effect: bool) -> None:
    shelf.server.faults.add(Fault(kind, effect=effect), Match("sendDocument"))
    with pytest.raises(Ambiguous):
        await shelf.telegram.send(place(shelf.group), message(TABLE), "key")
    assert shelf.server.truth.count("call", "sendDocument") == 1
    assert len(given(shelf, shelf.group)) == int(effect)


async def test_a_limit_and_a_refusal_of_a_file_become_the_cores_errors(shelf: Stage) -> None:
    shelf.server.faults.add(Fault(Kind.RATE_LIMIT, retry_after=7), Match("sendPhoto"), times=1)
    with pytest.raises(SlowDown):
        await shelf.telegram.send(place(shelf.group), message(CHART), "key")
    shelf.server.faults.add(Fault(Kind.REFUSED, status=413, text="Request Entity Too Large"), Match("sendDocument"))
    with pytest.raises(PlatformError):
        await shelf.telegram.send(place(shelf.private(shelf.ada)), message(TABLE), "key")


# Changing what stands


async def test_a_picture_is_exchanged_in_place_and_words_alone_become_its_caption(shelf: Stage) -> None:
    ref = await shelf.telegram.send(place(shelf.group), message(CHART), "key")
    other = Document("b.png", png(9), "image/png")
    await shelf.telegram.edit(ref, message(other, text="lain"))
    await shelf.telegram.edit(ref, message(other, text="lain"))
    assert given(shelf, shelf.group) == [("", "lain", other.content)]
    await shelf.telegram.edit(ref, message(text="habis", rows=True))
    assert given(shelf, shelf.group) == [("", "habis", other.content)]
    assert len(shelf.group.messages) == 1


async def test_a_picture_is_brought_once_and_then_known_by_its_id(shelf: Stage) -> None:
    ref = await shelf.telegram.send(place(shelf.group), message(CHART), "key")
    await shelf.telegram.edit(ref, message(CHART))
    await shelf.telegram.edit(ref, message(CHART, text="lain"))
    await shelf.telegram.send(place(shelf.group), message(CHART), "key")
    assert len(shelf.server.files.stored) == 1
    assert [words for _, words, _ in given(shelf, shelf.group)] == ["lain", "halo"]
    assert shelf.group.messages[int(ref.message)]["_edits"] == 1


async def test_a_file_that_telegram_has_forgotten_is_brought_again(shelf: Stage) -> None:
    for file in (CHART, TABLE):
        await shelf.telegram.send(place(shelf.group), message(file), "key")
        shelf.server.files.stored.clear()
        shelf.group.messages.clear()
        await shelf.telegram.send(place(shelf.group), message(file), "key")
        assert [content for _, _, content in given(shelf, shelf.group)] == [file.content]


async def test_a_picture_that_cannot_be_shown_in_place_becomes_a_document_there(shelf: Stage) -> None:
    ref = await shelf.telegram.send(place(shelf.group), message(), "key")
    await shelf.telegram.edit(ref, message(Document("fake.png", b"no picture", "image/png")))
    assert [file for file, _, _ in given(shelf, shelf.group)] == ["fake.png"]


async def test_a_limit_between_words_and_file_is_waited_for_so_that_nothing_comes_twice(shelf: Stage) -> None:
    shelf.server.faults.add(Fault(Kind.RATE_LIMIT, retry_after=1), Match("sendDocument"), times=1)
    await shelf.telegram.send(place(shelf.group), message(TABLE, text="kata " * 300), "key")
    assert (len(shelf.texts(shelf.group)), len(given(shelf, shelf.group))) == (1, 1)


async def test_a_text_gets_a_picture_in_place(shelf: Stage) -> None:
    ref = await shelf.telegram.send(place(shelf.group), message(), "key")
    await shelf.telegram.edit(ref, message(CHART))
    assert given(shelf, shelf.group) == [("", "halo", CHART.content)]
    assert len(shelf.group.messages) == 1


async def test_words_that_no_caption_holds_cannot_replace_a_file(shelf: Stage) -> None:
    ref = await shelf.telegram.send(place(shelf.group), message(CHART), "key")
    with pytest.raises(Gone):
        await shelf.telegram.edit(ref, message(text="kata " * 300))


@pytest.mark.parametrize("kind", [Kind.SERVER_ERROR, Kind.RESET_MID_RESPONSE])
async def test_a_lost_reply_to_an_exchange_is_tried_once_more(shelf: Stage, kind: Kind) -> None:
    ref = await shelf.telegram.send(place(shelf.group), message(CHART), "key")
    shelf.server.faults.add(Fault(kind, effect=True), Match("editMessageMedia"), times=1)
    await shelf.telegram.edit(ref, message(Document("b.png", png(9), "image/png"), text="lain"))
    assert [words for _, words, _ in given(shelf, shelf.group)] == ["lain"]


# Answers


async def test_a_file_for_the_asker_comes_in_private_and_never_stands_in_the_group(shelf: Stage) -> None:
    shelf.server.people.start(shelf.ben)
    await shelf.settled()
    shelf.server.people.say(shelf.ben, shelf.group, "/export")
    await shelf.until(lambda: given(shelf, shelf.private(shelf.ben)))
    assert given(shelf, shelf.private(shelf.ben)) == [("soal kelas.csv", "Here is your file.", TABLE.content)]
    assert (given(shelf, shelf.group), shelf.texts(shelf.group)) == ([], [])


async def test_a_picture_that_is_drawn_for_the_answer_comes_with_it(shelf: Stage) -> None:
    shelf.server.people.say(shelf.ben, None, "/draw")
    await shelf.until(lambda: given(shelf, shelf.private(shelf.ben)))
    assert given(shelf, shelf.private(shelf.ben)) == [("", "Drawn.", CHART.content)]
    shelf.server.people.say(shelf.ben, None, "/spill")
    await shelf.until(lambda: shelf.texts(shelf.private(shelf.ben)))
    assert shelf.texts(shelf.private(shelf.ben)) == ["Drawn."]


async def test_a_file_for_somebody_who_never_wrote_waits_behind_a_link(shelf: Stage) -> None:
    shelf.server.people.say(shelf.ben, shelf.group, "/export")
    await shelf.until(lambda: shelf.ours(shelf.group))
    (offer,) = shelf.ours(shelf.group)
    ((button,),) = offer["reply_markup"]["inline_keyboard"]
    shelf.server.people.start(shelf.ben, button["url"].partition("?start=")[2])
    await shelf.until(lambda: given(shelf, shelf.private(shelf.ben)))
    assert given(shelf, shelf.group) == []


@pytest.mark.parametrize("ephemeral", [False, True])
async def test_a_press_for_files_opens_the_private_chat_where_they_wait(tmp_path: Path, ephemeral: bool) -> None:
    async with staged(tmp_path, features=(FEATURE, SHELF), ephemeral=ephemeral) as stage:
        stage.server.people.say(stage.ada, stage.group, "/chart")
        await stage.until(lambda: given(stage, stage.group))
        stands = next(m for m in stage.group.messages.values() if "photo" in m)
        press = stage.server.people.press(stage.ben, stage.group, stands["message_id"], "Take")
        await stage.until(lambda: press.answers)
        stage.server.people.start(stage.ben, press.answers[0]["url"].partition("?start=")[2])
        await stage.until(lambda: len(given(stage, stage.private(stage.ben))) == 2)
        press = stage.server.people.press(stage.ben, stage.group, stands["message_id"], "Take")
        await stage.until(lambda: len(given(stage, stage.private(stage.ben))) == 4 and press.answers)
        assert press.answers == [{}]
        assert len(given(stage, stage.group)) == 1
        assert not stage.group.private_views


async def test_a_public_card_keeps_its_place_while_its_picture_changes(shelf: Stage) -> None:
    shelf.server.people.say(shelf.ada, shelf.group, "/chart")
    await shelf.until(lambda: given(shelf, shelf.group))
    stands = next(m for m in shelf.group.messages.values() if "photo" in m)
    press = shelf.server.people.press(shelf.ben, shelf.group, stands["message_id"], "Turn over")
    await shelf.until(lambda: press.answers)
    await shelf.settled()
    assert given(shelf, shelf.group) == [("", "Panel 2\n\ntext", png(5))]
    press = shelf.server.people.press(shelf.ben, shelf.group, stands["message_id"], "Clear")
    await shelf.until(lambda: press.answers)
    await shelf.settled()
    assert given(shelf, shelf.group) == [("", "Panel\n\nno picture", png(5))]


async def test_somebody_who_blocked_the_bot_is_offered_the_link(shelf: Stage) -> None:
    shelf.server.people.start(shelf.ben)
    await shelf.settled()
    shelf.ben.blocked = True
    shelf.server.people.say(shelf.ben, shelf.group, "/export")
    await shelf.until(lambda: shelf.ours(shelf.group))
    assert "only for you" in shelf.texts(shelf.group)[0]
