"""The fakes of both platforms refuse what the platforms refuse of files, and never hand out what is not theirs."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
import pytest_asyncio
import telegram
from telegram import InputMediaPhoto

from adapters.telegram.request import AiohttpRequest
from tests.adapters.shelf import png
from tests.wire.discord.files import Upload, file_problems, is_too_large, read_form
from tests.wire.discord.state import COMPONENTS_V2
from tests.wire.telegram import FakeTelegram


@pytest_asyncio.fixture
async def server() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server


@pytest_asyncio.fixture
async def bot(server: FakeTelegram) -> AsyncIterator[telegram.Bot]:
    request = AiohttpRequest()
    bot = telegram.Bot(server.token, server.base_url, server.base_file_url, request=request)
    async with bot:
        yield bot


async def test_what_was_sent_is_there_to_be_fetched_by_the_library_itself(
    server: FakeTelegram, bot: telegram.Bot
) -> None:
    ada = server.world.add_person("Ada", started=True)
    sent = await bot.send_document(ada.id, b"a,b\r\n--x\r\n\0", filename="my list é.csv", caption="data")
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.file_size, sent.caption) == ("my list é.csv", 11, "data")
    found = await sent.document.get_file()
    assert bytes(await found.download_as_bytearray()) == b"a,b\r\n--x\r\n\0"
    server.truth.assert_clean()


async def test_a_file_is_handed_out_to_the_token_alone(server: FakeTelegram, bot: telegram.Bot) -> None:
    ada = server.world.add_person("Ada", started=True)
    sent = await bot.send_document(ada.id, b"x", filename="a.csv")
    assert sent.document is not None
    path = server.files.stored[sent.document.file_id].path
    async with aiohttp.ClientSession() as session:
        for address in (f"{server.base_file_url}123:wrong/{path}", f"{server.base_file_url}{server.token}/other"):
            async with session.get(address) as answer:
                assert answer.status == 404


@pytest.mark.parametrize(
    ("content", "words"), [(b"", "non-empty"), (b"text", "IMAGE_PROCESS_FAILED"), (png(9999, 2), "DIMENSIONS")]
)
async def test_what_is_no_picture_is_refused_as_one(
    server: FakeTelegram, bot: telegram.Bot, content: bytes, words: str
) -> None:
    ada = server.world.add_person("Ada", started=True)
    with pytest.raises(telegram.error.BadRequest, match=f"(?i){words}"):
        await bot.send_photo(ada.id, content, filename="a.png")


async def test_media_is_exchanged_in_place_and_an_edit_without_a_change_is_refused(
    server: FakeTelegram, bot: telegram.Bot
) -> None:
    ada = server.world.add_person("Ada", started=True)
    sent = await bot.send_message(ada.id, "words")
    await bot.edit_message_media(InputMediaPhoto(png(), caption="new"), ada.id, sent.message_id)
    shown = server.world.private_chat(ada).messages[sent.message_id]
    assert ("text" in shown, shown["caption"]) == (False, "new")
    with pytest.raises(telegram.error.BadRequest, match="no text in the message"):
        await bot.edit_message_text("words", ada.id, sent.message_id)
    server.truth.assert_clean()


def test_a_form_is_read_byte_by_byte() -> None:
    body = (
        b'--B\r\nContent-Disposition: form-data; name="payload_json"\r\n\r\n{"a": 1}\r\n'
        b'--B\r\nContent-Disposition: form-data; name="files[0]"; filename="a.csv"\r\nContent-Type: x\r\n\r\n'
        b"\r\n--x\r\n\0\xff\r\n--B--\r\n"
    )
    text, files = read_form("multipart/form-data; boundary=B", body)
    assert (text, files) == ('{"a": 1}', {0: Upload("a.csv", b"\r\n--x\r\n\0\xff")})
    assert read_form("application/json", b'{"a": 1}') == ('{"a": 1}', {})


@pytest.mark.parametrize(
    ("message", "files", "complaint"),
    [
        ({}, {0: Upload("a.csv", b"x")}, "no attachment of that id"),
        ({"attachments": [{"id": "0", "filename": "b.csv"}]}, {0: Upload("a.csv", b"x")}, "change the name"),
        ({"attachments": [{"id": "0", "filename": "a b"}]}, {0: Upload("a b", b"x")}, "change the name"),
        ({"attachments": [{"id": "0", "filename": "a"}]}, {0: Upload("a", b"")}, "empty"),
        ({"attachments": [{"id": "0", "filename": "a"}], "flags": COMPONENTS_V2}, {0: Upload("a", b"x")}, "nowhere"),
        ({"components": [{"type": 13, "file": {"url": "attachment://b"}}]}, {}, "no file 'b'"),
    ],
)
def test_a_message_that_does_not_fit_its_files_is_noticed(
    message: dict[str, object], files: dict[int, Upload], complaint: str
) -> None:
    assert any(complaint in problem for problem in file_problems(message, files))


def test_ten_mebibytes_are_the_end_of_a_file_and_twenty_five_of_a_request() -> None:
    assert not is_too_large({0: Upload("a", b"x" * 10 * 2**20)})
    assert is_too_large({0: Upload("a", b"x" * (10 * 2**20 + 1))})
    assert is_too_large({number: Upload("a", b"x" * 9 * 2**20) for number in range(3)})
