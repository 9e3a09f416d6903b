"""Files in both directions over the real library: attachments are fetched, what the bot gives is uploaded."""

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from adapters.discord.attach import LARGEST, MOST_FILES, names, sendable
from adapters.discord.exchange import DEFER_AFTER
from adapters.discord.fetch import HOSTS
from bot.chat.errors import Ambiguous, Gone, PlatformError, Refused, Unreachable
from bot.chat.file import Document, File
from bot.chat.message import Message, card, say
from bot.speech import Speech
from tests.adapters.discord.feature import FEATURE
from tests.adapters.discord.stage import Stage, staged
from tests.adapters.shelf import CHART, MOST, READ, SHELF, TABLE, png
from tests.wire.discord import Message as Standing
from tests.wire.discord.files import Attachment
from tests.wire.discord.people import answered, fields
from tests.wire.discord.state import COMPONENTS_V2, walk
from tests.wire.faults import Fault, Kind, Match

CSV = b"question,answer\r\nWhy?,Because\r\n"
SEND = "POST /channels/{channel_id}/messages"


@pytest_asyncio.fixture
async def shelf(tmp_path: Path) -> AsyncIterator[Stage]:
    """A bot that takes and gives files."""
    READ.clear()
    async with staged(tmp_path, features=(FEATURE, SHELF)) as stage:
        yield stage


def words(text: str, *files: Document) -> Message:
    return Message(Speech("en").message(say(text)).blocks, files=files)


def framed(*files: Document) -> Message:
    return Message(Speech("en").message(card("Title", "text")).blocks, card=True, files=files)


def given(message: Standing) -> list[tuple[str, bytes]]:
    return [(attachment.name, attachment.content) for attachment in message.attachments]


def seen(attachment: Attachment) -> File:
    """The attachment as the core sees it."""
    return File("discord", attachment.url, attachment.name, attachment.shape()["size"], attachment.kind)


# What people send


async def test_a_file_is_an_option_that_nobody_is_forced_to_fill(shelf: Stage) -> None:
    record = shelf.server.people.registered("import", 1, None)
    assert [(option["type"], option["name"], option.get("required", False)) for option in record["options"]] == [
        (11, "file", False)
    ]


async def test_a_command_with_a_file_reads_it(shelf: Stage) -> None:
    item = await shelf.slash(shelf.ben, "import", {"file": shelf.state.files.add(CSV, "soal.csv")})
    assert list(READ) == [Document("soal.csv", CSV, "text/csv")]
    assert item.reply.text == f"Read {len(CSV)} bytes of “soal.csv”."
    assert item.reply.only_for == shelf.ben.id


async def test_without_a_file_a_modal_takes_what_is_pasted(shelf: Stage) -> None:
    opened = await shelf.slash(shelf.ben, "import")
    assert opened.modal is not None
    (field,) = fields(opened.modal)
    assert (field["type"], field["style"], field["max_length"]) == (4, 2, 4000)
    await answered(await shelf.server.people.submit(opened, {"file": "a,b\nc,d"}))
    assert (READ[0].name, READ[0].content) == ("", b"a,b\nc,d")


@pytest.mark.parametrize("text", ["/import", "<@{bot}> /import"])
async def test_a_command_written_to_the_bot_takes_the_file_along(shelf: Stage, text: str) -> None:
    private = "{bot}" not in text
    channel = shelf.state.direct_channel(shelf.ben) if private else shelf.channel
    file = shelf.state.files.add(CSV, "soal.csv")
    await shelf.server.people.say(shelf.ben, channel, text.format(bot=shelf.state.bot.id), file)
    await shelf.until(lambda: READ)
    assert READ[0].content == CSV


async def test_a_file_without_a_word_answers_the_question_for_it(shelf: Stage) -> None:
    direct = shelf.state.direct_channel(shelf.ben)
    await shelf.server.people.say(shelf.ben, direct, "/import")
    await shelf.until(lambda: any("Which file" in m.text for m in shelf.state.messages_in(direct)))
    await shelf.server.people.say(shelf.ben, direct, "", shelf.state.files.add(CSV, "soal.csv"))
    await shelf.until(lambda: READ)
    assert READ[0].name == "soal.csv"


async def test_a_file_in_a_channel_that_is_not_for_the_bot_is_left_alone(shelf: Stage) -> None:
    await shelf.server.people.say(shelf.ben, shelf.channel, "", shelf.state.files.add(CSV, "soal.csv"))
    await shelf.server.people.say(shelf.ben, shelf.channel, "look", shelf.state.files.add(CSV, "soal.csv"))
    await shelf.discord.reception.drain()
    assert shelf.server.truth.count("call", "download") == 0
    assert shelf.texts() == ["", "look"]


async def test_a_file_that_is_too_large_is_refused_without_a_call(shelf: Stage) -> None:
    item = await shelf.slash(shelf.ben, "import", {"file": shelf.state.files.add(b"x" * (MOST + 1), "soal.csv")})
    assert "too large" in item.reply.text
    assert shelf.server.truth.count("call", "download") == 0


@pytest.mark.parametrize("chunked", [False, True])
async def test_a_file_that_lies_about_its_size_is_read_no_further_than_asked(shelf: Stage, chunked: bool) -> None:
    big = shelf.state.files.add(b"x" * 3_000_000, "soal.csv", says=10, chunked=chunked)
    with pytest.raises(Refused, match="turned out"):
        await shelf.discord.fetch(seen(big), 1000)
    fits = shelf.state.files.add(b"y" * 1000, "soal.csv", says=10, chunked=chunked)
    assert await shelf.discord.fetch(seen(fits), 1000) == b"y" * 1000


@pytest.mark.parametrize(
    "address",
    [
        "http://cdn.discordapp.com/attachments/1/2/a.csv",
        "https://cdn.discordapp.com:8443/attachments/1/2/a.csv",
        "https://cdn.discordapp.com@127.0.0.1/a.csv",
        "https://user@cdn.discordapp.com/a.csv",
        "https://cdn.discordapp.com.example/a.csv",
        "https://example.org/a.csv",
        "http://127.0.0.1:1/attachments/1/2/a.csv",
        "http://localhost/a.csv",
        "file:///etc/passwd",
        "/attachments/1/2/a.csv",
        "http://[::1",
        "",
    ],
)
async def test_nothing_is_fetched_from_anywhere_but_discord(shelf: Stage, address: str) -> None:
    with pytest.raises(Gone, match="address"):
        await shelf.discord.fetch(File("discord", address, "a.csv"), 1000)
    assert sorted(HOSTS) == ["cdn.discordapp.com", "media.discordapp.net"]


async def test_a_redirect_is_not_followed(shelf: Stage) -> None:
    file = shelf.state.files.add(CSV, "soal.csv")
    shelf.server.faults.add(Fault(Kind.REFUSED, status=302), Match("download"))
    with pytest.raises(Gone, match="302"):
        await shelf.discord.fetch(seen(file), 1000)
    assert [entry.detail["name"] for entry in shelf.server.truth.find("call", "download")] == ["soal.csv"]


@pytest.mark.parametrize(
    ("kind", "error"),
    [(Kind.RESET_MID_RESPONSE, Ambiguous), (Kind.TRUNCATED, Ambiguous), (Kind.SERVER_ERROR, Unreachable)],
)
async def test_a_download_that_breaks_is_tried_twice_and_never_half_believed(
    shelf: Stage, kind: Kind, error: type[PlatformError]
) -> None:
    file = seen(shelf.state.files.add(CSV, "soal.csv"))
    shelf.server.faults.add(Fault(kind), Match("download"), times=1)
    assert await shelf.discord.fetch(file, 1000) == CSV
    shelf.server.faults.add(Fault(kind), Match("download"))
    with pytest.raises(error):
        await shelf.discord.fetch(file, 1000)


async def test_a_file_that_is_gone_is_asked_for_again(shelf: Stage) -> None:
    shelf.server.faults.add(Fault(Kind.REFUSED, status=404), Match("download"))
    item = await shelf.slash(shelf.ben, "import", {"file": shelf.state.files.add(CSV, "soal.csv")})
    assert "once more" in item.reply.text


async def test_nothing_is_fetched_before_the_start_or_after_the_stop(shelf: Stage) -> None:
    file = seen(shelf.state.files.add(CSV, "soal.csv"))
    await shelf.stop()
    with pytest.raises(Unreachable):
        await shelf.discord.fetch(file, 1000)


# What the bot gives


async def test_a_post_carries_its_files(shelf: Stage) -> None:
    ref = await shelf.discord.send(shelf.place, words("halo", TABLE, CHART), "job-1")
    message = shelf.state.messages[int(ref.message)]
    assert message.text == "halo"
    assert given(message) == [("soal_kelas.csv", TABLE.content), ("chart.png", CHART.content)]


async def test_a_card_shows_its_pictures_and_lists_its_files(shelf: Stage) -> None:
    ref = await shelf.discord.send(shelf.place, framed(CHART, TABLE), "job-1")
    message = shelf.state.messages[int(ref.message)]
    assert message.flags & COMPONENTS_V2
    assert [part["type"] for part in walk(message.components)] == [17, 10, 12, 13]
    assert len(message.attachments) == 2


async def test_an_edit_exchanges_the_files_and_one_without_takes_them_away(shelf: Stage) -> None:
    ref = await shelf.discord.send(shelf.place, framed(CHART), "job-1")
    message = shelf.state.messages[int(ref.message)]
    await shelf.discord.edit(ref, framed(Document("b.png", png(9), "image/png")))
    assert given(message) == [("b.png", png(9))]
    await shelf.discord.edit(ref, framed())
    assert given(message) == []


@pytest.mark.parametrize("effect", [True, False])
@pytest.mark.parametrize("kind", [Kind.RESET_AFTER_READ, Kind.RESET_MID_RESPONSE, Kind.TRUNCATED])
async def test_after_a_lost_reply_the_same_key_ends_in_exactly_one_file(shelf: Stage, kind: Kind, effect: bool) -> None:
    shelf.server.faults.add(Fault(kind, effect=effect), Match(SEND), times=1)
    with pytest.raises(Ambiguous):
        await shelf.discord.send(shelf.place, words("halo", TABLE), "job-1")
    await shelf.discord.send(shelf.place, words("halo", TABLE), "job-1")
    assert [len(message.attachments) for message in shelf.state.messages_in(shelf.channel)] == [1]


async def test_after_the_nonce_was_forgotten_the_same_words_with_other_files_are_another_message(
    shelf: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await shelf.discord.send(shelf.place, words("halo", CHART), "job-0")
    shelf.server.faults.add(Fault(Kind.RESET_AFTER_READ, effect=True), Match(SEND), times=1)
    with pytest.raises(Ambiguous):
        await shelf.discord.send(shelf.place, words("halo", TABLE), "job-1")
    shelf.state.clock.advance(500)
    monkeypatch.setattr("adapters.discord.sender.SAFE_FOR", -1.0)
    ref = await shelf.discord.send(shelf.place, words("halo", TABLE), "job-1")
    assert len(shelf.texts()) == 2
    assert given(shelf.state.messages[int(ref.message)])[0][0] == "soal_kelas.csv"


async def test_what_discord_finds_too_large_is_refused(shelf: Stage) -> None:
    shelf.server.faults.add(Fault(Kind.REFUSED, status=413, code=40005), Match(SEND))
    with pytest.raises(Refused):
        await shelf.discord.send(shelf.place, words("halo", TABLE), "job-1")


async def test_a_body_that_discord_does_not_take_is_sent_as_bare_words(shelf: Stage) -> None:
    shelf.server.faults.add(Fault(Kind.REFUSED, status=400, code=50035), Match(SEND), times=1)
    await shelf.discord.send(shelf.place, framed(CHART), "job-1")
    assert shelf.texts() == ["## Title\n\ntext"]


def test_what_discord_would_not_take_is_left_out() -> None:
    large, empty = Document("b", b"x" * (LARGEST + 1)), Document("c", b"")
    assert sendable((TABLE, large, empty)) == (TABLE,)
    assert len(sendable((TABLE,) * 20)) == MOST_FILES
    assert len(sendable((Document("a", b"x" * LARGEST),) * 3)) == 2


def test_names_are_such_that_discord_keeps_them_and_each_is_there_once() -> None:
    files = [Document(name, b"x", "image/png") for name in ("a b.csv", "../é.csv", "", "..", "a b.csv", "x" * 300)]
    assert names(files) == ["a_b.csv", "csv", "file.png", "4-file.png", "5-a_b.csv", "x" * 100]


# Answers


async def test_a_file_for_the_asker_is_seen_by_nobody_else(shelf: Stage) -> None:
    item = await shelf.slash(shelf.ben, "export")
    assert item.acknowledged == 5
    assert (item.reply.text, item.reply.only_for) == ("Here is your file.", shelf.ben.id)
    assert given(item.reply) == [("soal_kelas.csv", TABLE.content)]
    assert shelf.texts() == []


async def test_a_card_with_a_picture_stands_for_everybody_and_is_turned_over_in_place(shelf: Stage) -> None:
    message = (await shelf.slash(shelf.ada, "chart")).reply
    assert message.only_for is None
    assert given(message) == [("chart1.png", png(4))]
    await shelf.press(shelf.ben, message, "Turn over")
    await shelf.until(lambda: given(message) == [("chart2.png", png(5))])
    item = await shelf.press(shelf.ben, message, "Clear")
    assert item.acknowledged == 7
    assert given(message) == []
    assert len(shelf.texts()) == 1


async def test_a_picture_that_is_drawn_for_the_answer_comes_with_it(shelf: Stage) -> None:
    item = await shelf.slash(shelf.ben, "draw")
    await shelf.until(lambda: item.messages)
    assert (item.reply.text, item.reply.only_for) == ("Drawn.", shelf.ben.id)
    assert given(item.reply) == [("chart.png", CHART.content)]
    item = await shelf.slash(shelf.ben, "spill")
    assert (item.reply.text, given(item.reply)) == ("Drawn.", [])


async def test_a_press_for_files_is_answered_by_a_private_message_with_them(shelf: Stage) -> None:
    message = (await shelf.slash(shelf.ada, "chart")).reply
    item = await shelf.server.people.press(shelf.ben, message, "Take")
    await shelf.until(lambda: item.messages)
    assert [name for name, _ in given(item.messages[0])] == ["soal_kelas.csv", "chart.png"]
    assert item.messages[0].only_for == shelf.ben.id
    assert len(message.attachments) == 1


async def test_a_press_that_wants_words_opens_a_modal_and_what_is_sent_belongs_to_the_press(shelf: Stage) -> None:
    message = (await shelf.slash(shelf.ada, "chart")).reply
    opened = await shelf.press(shelf.ben, message, "Label")
    assert opened.modal is not None
    assert opened.modal["title"] == "What shall it be called?"
    item = await answered(await shelf.server.people.submit(opened, {"text": "Curve"}))
    assert item.reply.text == "1 is called Curve."


async def test_an_upload_that_takes_long_was_announced_in_time(shelf: Stage) -> None:
    shelf.server.faults.add(Fault(Kind.DELAY, seconds=0.3), Match("PATCH /webhooks/*"), times=1)
    item = await shelf.slash(shelf.ben, "export")
    assert item.answered_after is not None
    assert item.answered_after < min(0.3, DEFER_AFTER)
    assert len(item.reply.attachments) == 1


async def test_a_file_asked_for_by_a_message_comes_in_private(shelf: Stage) -> None:
    await shelf.server.people.say(shelf.ben, shelf.channel, f"<@{shelf.state.bot.id}> /export")
    direct = shelf.state.direct_channel(shelf.ben)
    await shelf.until(lambda: shelf.state.messages_in(direct))
    assert given(shelf.state.messages_in(direct)[0]) == [("soal_kelas.csv", TABLE.content)]
    assert all(not message.attachments for message in shelf.state.messages_in(shelf.channel))


async def test_the_token_is_in_no_log_whatever_a_file_does(
    shelf: Stage, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    shelf.server.faults.add(Fault(Kind.RESET_MID_RESPONSE), Match("download"))
    with pytest.raises(Ambiguous) as error:
        await shelf.discord.fetch(seen(shelf.state.files.add(CSV, "soal.csv")), 1000)
    await shelf.discord.send(shelf.place, words("halo", TABLE), "job-1")
    assert "Canary" not in "".join([repr(error.value), caplog.text, *capsys.readouterr()])
