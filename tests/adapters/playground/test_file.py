"""Files on the playground, in and out: by calls, by the page's routes, in the terminal, and in a real Chromium."""

import json
from base64 import b64encode
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]
from playwright.async_api import Page

from adapters.playground import disk
from adapters.playground.adapter import Playground
from adapters.playground.shelf import LARGEST_FILE, Leaf
from bot.chat.errors import Gone, Refused
from bot.chat.file import Document, File
from bot.chat.message import Message, say
from bot.chat.places import Place
from bot.speech import Speech
from tests.adapters.playground.parlour import ANI, BUDI, CITRA, DISCORD, TELEGRAM, sees
from tests.adapters.playground.site import serve
from tests.adapters.playground.test_page import look
from tests.adapters.playground.test_terminal import play
from tests.adapters.playground.test_web import Visitor
from tests.adapters.shelf import MOST, READ, TABLE, png
from tests.world import World, opened

CSV = Document("soal.csv", b"question,answer\r\nWhy?,Because\r\n", "text/csv")


@pytest.fixture(autouse=True)
def fresh() -> None:
    READ.clear()


@pytest.fixture
async def visitor(playground: Playground) -> AsyncIterator[Visitor]:
    async with serve(playground) as site, httpx.AsyncClient(base_url=site, timeout=10) as client:
        yield Visitor(site, client)


def leaves(playground: Playground, place: Place) -> list[Leaf]:
    """What the bot gave there, oldest first."""
    return [
        leaf for entry in playground.transcript if entry.place == place and not entry.author for leaf in entry.files
    ]


def _content(path: Path | str) -> bytes:
    return Path(path).read_bytes()


def upload(content: bytes = CSV.content, **more: object) -> dict[str, object]:
    return {"name": "soal.csv", "kind": "text/csv", "content": b64encode(content).decode(), **more}


# By calls


@pytest.mark.parametrize("place", [TELEGRAM, DISCORD])
async def test_a_command_reads_the_file_that_came_with_it(playground: Playground, place: Place) -> None:
    await playground.say(ANI, place, "/import", file=CSV)
    await playground.settle()
    assert list(READ) == [CSV]
    assert sees(playground, ANI, place)[-1] == f"Read {len(CSV.content)} bytes of “soal.csv”."


async def test_a_file_without_a_word_answers_the_question_for_it(playground: Playground) -> None:
    await playground.say(ANI, TELEGRAM, "/import")
    await playground.say(ANI, TELEGRAM, "", file=CSV)
    assert list(READ) == [CSV]


async def test_a_form_takes_what_is_pasted_in_place_of_a_file(playground: Playground) -> None:
    await playground.say(ANI, DISCORD, "/import")
    await playground.settle()
    form = playground.transcript.signals[-1].what
    assert getattr(form, "title", "") == "/import"
    assert [(field.name, field.most) for field in getattr(form, "fields", ())] == [("file", 4000)]


async def test_a_file_for_the_asker_is_seen_by_nobody_else(playground: Playground) -> None:
    await playground.say(ANI, TELEGRAM, "/export")
    await playground.settle()
    assert [leaf.name for leaf in leaves(playground, TELEGRAM)] == [TABLE.name]
    (entry,) = (entry for entry in playground.transcript if entry.files)
    assert (entry.is_for(ANI), entry.is_for(BUDI)) == (True, False)
    assert playground.shelf.get(entry.files[0].id) == TABLE


async def test_an_edit_exchanges_the_files_and_one_without_takes_them_away(playground: Playground) -> None:
    message = Speech("en").message(say("halo"))
    ref = await playground.send(TELEGRAM, Message(message.blocks, files=(CSV,)), "key")
    await playground.edit(ref, Message(message.blocks, files=(TABLE,)))
    assert [leaf.name for leaf in leaves(playground, TELEGRAM)] == [TABLE.name]
    await playground.edit(ref, message)
    assert leaves(playground, TELEGRAM) == []


async def test_more_is_never_fetched_than_was_asked_for_and_nothing_unknown(playground: Playground) -> None:
    (leaf,) = playground.shelf.keep((CSV,))
    file = File("playground", leaf.id, leaf.name, 1)
    assert await playground.fetch(file, len(CSV.content)) == CSV.content
    with pytest.raises(Refused):
        await playground.fetch(file, len(CSV.content) - 1)
    with pytest.raises(Gone):
        await playground.fetch(File("playground", "nothing"), 100)


async def test_a_file_that_is_too_large_is_told_so(playground: Playground) -> None:
    await playground.say(ANI, TELEGRAM, "/import", file=Document("soal.csv", b"x" * (MOST + 1)))
    await playground.settle()
    assert "too large" in sees(playground, ANI, TELEGRAM)[-1]
    assert list(READ) == []


async def test_the_world_of_conversations_sends_and_sees_files(sqlite_address: str) -> None:
    async with opened(sqlite_address) as world:
        assert isinstance(world, World)
        await world.ani.private.sends("soal.csv", CSV.content)
        assert world.ani.private.files == []
        entry = next(entry for entry in world.stage.transcript if entry.files)
        assert (entry.files[0].name, entry.author) == ("soal.csv", world.ani.account)


# By the page's routes


async def test_the_page_sends_a_file_with_words_or_without_once(visitor: Visitor, playground: Playground) -> None:
    act = {"id": uuid4().hex, "kind": "say", "who": "ani", "place": "telegram", "text": "/import", "file": upload()}
    await visitor.act(kind="say", who="ani", place="telegram", text="hi")
    for _ in range(2):
        assert (await visitor.post(json.dumps(act).encode())).status_code == 200
    await playground.settle()
    assert [text for text in sees(playground, ANI, TELEGRAM) if "Read" in text] == ["Read 31 bytes of “soal.csv”."]
    assert await visitor.act(kind="say", who="ani", place="telegram", text="", file=upload()) == 200
    assert any(entry.files and entry.author == ANI and not entry.command for entry in playground.transcript)


@pytest.mark.parametrize(
    "file",
    [
        {"name": "a", "kind": "", "content": "not base64!"},
        {"name": "a", "kind": "", "content": ""},
        {"name": "a" * 201, "kind": "", "content": "eA=="},
        {"name": "a", "kind": "k" * 201, "content": "eA=="},
        {"name": "a", "content": "eA=="},
        {"name": "a", "kind": "", "content": "eA==", "more": 1},
        "a",
    ],
)
async def test_a_file_that_the_page_would_not_send_is_refused(
    visitor: Visitor, playground: Playground, file: object
) -> None:
    assert await visitor.act(kind="say", who="ani", place="telegram", text="/import", file=file) == 400
    assert list(playground.transcript) == []


async def test_only_an_act_with_a_file_may_be_large(visitor: Visitor, playground: Playground) -> None:
    await visitor.act(kind="say", who="ani", place="telegram", text="hi")
    base = {"id": uuid4().hex, "kind": "say", "who": "ani", "place": "telegram", "text": ""}

    async def post(body: Mapping[str, object], path: str) -> int:
        usual = {"Origin": visitor.origin, "Content-Type": "application/json", "X-Bareng-Token": visitor.token}
        return (await visitor.client.post(path, content=json.dumps(body), headers=usual)).status_code

    largest = base | {"file": upload(b"x" * LARGEST_FILE)}
    assert await post(largest, "act") == 413
    assert await post(base | {"file": upload(b"x" * (LARGEST_FILE + 1))}, "act?file") == 400
    assert await post(base | {"file": upload(b"x" * (LARGEST_FILE + 100_000))}, "act?file") == 413
    assert await post(base | {"text": "x" * 70_000}, "act?file") in (400, 413)
    assert await post(
        base | {"kind": "submit", "path": "x", "values": {str(n): "y" * 9_000 for n in range(9)}}, "act?file"
    ) in (400, 413)
    assert await post(largest, "act?file") == 200
    (sent,) = (leaf for entry in playground.transcript for leaf in entry.files)
    assert sent.size == LARGEST_FILE


async def test_a_large_act_still_needs_the_page_s_token(visitor: Visitor) -> None:
    body = json.dumps(
        {"id": uuid4().hex, "kind": "say", "who": "ani", "place": "telegram", "text": "", "file": upload()}
    )
    answer = await visitor.client.post("act?file", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 403


async def test_a_file_is_downloaded_under_its_own_name_and_never_opened(
    visitor: Visitor, playground: Playground
) -> None:
    page = Document('soal é\r\n"x".html', b"<script>alert(1)</script>", "text/html")
    (leaf,) = playground.shelf.keep((page,))
    answer = await visitor.client.get(f"file/{leaf.id}")
    assert answer.content == page.content
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == ("attachment; filename*=UTF-8''soal%20%C3%A9%0D%0A%22x%22.html")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"


async def test_a_picture_is_shown_and_what_only_looks_like_one_is_not(visitor: Visitor, playground: Playground) -> None:
    picture, drawing = playground.shelf.keep(
        (Document("a.png", png(), "image/png"), Document("a.svg", b"<svg onload='x'/>", "image/svg+xml"))
    )
    answer = await visitor.client.get(f"file/{picture.id}")
    assert (answer.headers["content-type"], "content-disposition" in answer.headers) == ("image/png", False)
    answer = await visitor.client.get(f"file/{drawing.id}")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-type"] == "application/octet-stream"


@pytest.mark.parametrize("path", ["file/nothing", "file/", "file/../act", "file/%2e%2e/page.py"])
async def test_there_is_nothing_under_a_guessed_address(visitor: Visitor, path: str) -> None:
    assert (await visitor.client.get(path)).status_code in (404, 405)


# In the terminal


async def test_a_named_file_goes_along_with_the_words(playground: Playground, tmp_path: Path) -> None:
    path = tmp_path / "soal kelas.csv"
    path.write_bytes(CSV.content)
    shown = await play(playground, f'/import @"{path}"')
    assert list(READ) == [Document("soal kelas.csv", CSV.content, "text/csv")]
    assert "▤ soal kelas.csv" in shown
    assert "Read" in shown


async def test_a_file_that_comes_is_saved_on_this_machine(playground: Playground) -> None:
    shown = await play(playground, "/export")
    (line,) = (line for line in shown.splitlines() if "▤" in line)
    assert _content(line.rpartition(" · ")[2]) == TABLE.content


def test_a_name_of_no_file_stays_a_word(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").touch()
    (tmp_path / "big.csv").write_bytes(b"x" * (LARGEST_FILE + 1))
    for line in ("hi @ani", f"@{tmp_path}", f"x @{tmp_path}/empty.csv", f"@{tmp_path}/big.csv", "a@b.csv", "@"):
        assert disk.with_file(line) == (line, None)


def test_what_is_saved_stays_in_its_folder() -> None:
    leaf = Leaf("abcdefghij", "../../x\0y.csv", "", 1)
    path = disk.save(leaf, Document(leaf.name, b"1"))
    assert path.parent == disk.save(leaf, Document("b", b"2")).parent
    assert path.name == "abcdefgh-.._.._x_y.csv"
    assert path.read_bytes() == b"1"


# In a browser


async def choose(page: Page, pane: str, name: str, content: bytes) -> None:
    file = {"name": name, "mimeType": "text/csv", "buffer": content}
    await page.locator(f"#{pane} input[type=file]").set_input_files(file)  # type: ignore[arg-type]


async def test_a_file_is_chosen_seen_sent_and_downloaded_again(playground: Playground) -> None:
    async with look(playground) as view:
        page = view.page
        await choose(page, "telegram", "soal.csv", CSV.content)
        await page.locator("#telegram .chosen", has_text="soal.csv · 31").wait_for()
        await view.write("telegram", "/import")
        await view.shows("telegram", "Read 31 bytes")
        assert list(READ) == [CSV]
        assert await page.locator("#telegram .chosen").is_hidden()
        link = page.locator("#telegram .mine a.file", has_text="soal.csv")
        await link.wait_for()
        async with page.expect_download() as downloading:
            await link.click()
        download = await downloading.value
        assert download.suggested_filename == "soal.csv"
        assert _content(await download.path()) == CSV.content


async def test_the_button_opens_the_choice_and_what_is_chosen_can_be_left_out(playground: Playground) -> None:
    async with look(playground) as view:
        page = view.page
        async with page.expect_file_chooser() as choosing:
            await page.locator("#discord").get_by_role("button", name="Attach a file").click()
        await (await choosing.value).set_files({"name": "a.csv", "mimeType": "text/csv", "buffer": b"x"})
        await page.get_by_role("button", name="Remove the file").click()
        await view.write("discord", "/hello")
        await view.shows("discord", "Hello.")
        assert all(not entry.files for entry in playground.transcript)


async def test_files_are_read_out_and_meet_every_rule_of_accessibility(playground: Playground) -> None:
    async with look(playground) as view:
        await view.write("telegram", "/chart")
        await view.write("telegram", "/export")
        await view.page.locator("#telegram a.file").wait_for()
        await choose(view.page, "telegram", "soal.csv", CSV.content)
        await view.page.locator("#telegram .chosen", has_text="soal.csv").wait_for()
        assert (await Axe().run(view.page)).response["violations"] == []


async def test_a_file_that_is_too_large_never_leaves_the_page(playground: Playground) -> None:
    async with look(playground) as view:
        await choose(view.page, "telegram", "big.csv", b"x" * (LARGEST_FILE + 1))
        await view.page.locator("#telegram .chosen", has_text="too large").wait_for()
        await view.write("telegram", "hi")
        await view.shows("telegram", "hi")
        assert all(not entry.files for entry in playground.transcript)


async def test_the_largest_file_and_words_after_it_arrive_in_their_order(playground: Playground) -> None:
    async with look(playground) as view:
        await choose(view.page, "telegram", "largest.csv", b"x" * LARGEST_FILE)
        await view.write("telegram", "first")
        await view.write("telegram", "second")
        await view.shows("telegram", "second")
        sent = [entry for entry in playground.transcript if entry.author == ANI]
        assert [sum(leaf.size for leaf in entry.files) for entry in sent] == [LARGEST_FILE, 0]


async def test_pictures_are_shown_in_both_panes_and_only_to_whom_they_are_meant(playground: Playground) -> None:
    async with look(playground) as view:
        await view.write("telegram", "/chart")
        picture = view.page.locator("#telegram img[alt='chart1.png']")
        await picture.wait_for()
        assert (
            await picture.evaluate(
                "(image) => image.complete ? image.naturalWidth : image.decode().then(() => image.naturalWidth)"
            )
            == 4
        )
        await view.write("discord", "/export")
        await view.page.locator("#discord a.file", has_text="soal kelas.csv").wait_for()
        await view.become("Budi")
        await view.page.locator("#telegram img[alt='chart1.png']").wait_for()
        assert await view.page.locator("#discord a.file").count() == 0
        assert CITRA in playground.cast
