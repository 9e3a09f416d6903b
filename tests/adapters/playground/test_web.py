"""The page's routes: who may act, what comes out, and that nothing is done twice or by a stranger."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, NoReturn
from uuid import uuid4

import httpx
import pytest

from adapters.playground import web
from adapters.playground.adapter import Playground
from adapters.playground.cast import Actor
from adapters.playground.transcript import Entry
from adapters.playground.words import PAGE
from bot.chat.errors import Unavailable
from tests.adapters.playground.parlour import ANI, BUDI, CITRA, DISCORD, EKO, MONDAY, TELEGRAM, sees
from tests.adapters.playground.site import serve

Json = dict[str, Any]


def away() -> NoReturn:
    """What a store does whose database is locked."""
    raise Unavailable("locked")


class Visitor:
    """A browser without a screen: it hears events and acts with the page's token."""

    def __init__(self, site: str, client: httpx.AsyncClient) -> None:
        self.client = client
        self.origin = site.rstrip("/")
        self.token = ""

    @asynccontextmanager
    async def hears(self, who: str, last: str = "") -> AsyncIterator[AsyncIterator[tuple[str, Json]]]:
        """Open the stream as that person; gives (id, news)."""
        headers = {"Last-Event-ID": last} if last else {}
        async with self.client.stream("GET", "events", params={"as": who, "lang": "en"}, headers=headers) as stream:
            yield self._news(stream)

    async def _news(self, stream: httpx.Response) -> AsyncIterator[tuple[str, Json]]:
        number = ""
        async for line in stream.aiter_lines():
            field, _, value = line.partition(": ")
            number = value if field == "id" else number
            if field == "data":
                news = json.loads(value)
                self.token = news["token"]
                yield number, news

    async def act(self, **what: object) -> int:
        """Do something; gives the status."""
        if not self.token:
            async with self.hears("ani") as news:
                await anext(news)
        body = {"id": uuid4().hex, **what}
        return (await self.post(json.dumps(body).encode())).status_code

    async def post(self, body: bytes, **headers: str) -> httpx.Response:
        """Post a body as the page would, with these headers changed."""
        usual = {"Origin": self.origin, "Content-Type": "application/json", "X-Bareng-Token": self.token}
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.client.post("act", content=body, headers={**usual, **names})


@pytest.fixture
async def visitor(playground: Playground) -> AsyncIterator[Visitor]:
    """Somebody who visits the page."""
    async with serve(playground) as site, httpx.AsyncClient(base_url=site, timeout=10) as client:
        yield Visitor(site, client)


def said(playground: Playground) -> list[str]:
    """What stands in the Telegram group for everybody."""
    return sees(playground, CITRA, TELEGRAM)


async def first(visitor: Visitor, who: str, last: str = "") -> tuple[str, Json]:
    """The first news on a new stream."""
    async with visitor.hears(who, last) as news:
        return await anext(news)


async def test_every_answer_is_guarded_by_its_headers(visitor: Visitor) -> None:
    paths = ("", "page.css", "page.js", "draw.js", "line.js", "compose.js", "icon.svg", "menu", "complete")
    for path in paths:
        answer = await visitor.client.get(path)
        assert answer.status_code == 200, path
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] in ("no-store", "no-cache")


async def test_the_page_speaks_the_language_that_its_reader_chose(visitor: Visitor) -> None:
    english, indonesian = [(await visitor.client.get("", params={"lang": each})).text for each in ("en", "id")]
    assert '<html lang="en">' in english
    assert "Act as" in english
    assert '<html lang="id">' in indonesian
    assert "Bertindak sebagai" in indonesian
    assert '<html lang="en">' in (await visitor.client.get("", params={"lang": "<b>"})).text


async def test_a_group_with_a_name_full_of_markup_is_shown_as_text(visitor: Visitor, playground: Playground) -> None:
    name = """<script>alert(1)</script>"'&{{7*7}}"""
    async with playground.app.store.begin() as unit:
        community = (await unit.communities.all())[0]
        await unit.communities.save(type(community)(1, name, community.created_at, "en", ready=True))
    page = (await visitor.client.get("")).text
    assert "<script>alert" not in page
    assert "{{7*7}}" in page


async def test_an_act_of_the_page_is_done(visitor: Visitor, playground: Playground) -> None:
    assert await visitor.act(kind="say", who="budi", place="telegram", text=" hi <b>all</b> ") == 200
    assert said(playground) == ["hi <b>all</b>"]


async def test_the_same_act_sent_three_times_is_done_once(visitor: Visitor, playground: Playground) -> None:
    for text in ("hello", "/shout hey"):
        number = uuid4().hex
        for _ in range(3):
            assert await visitor.act(id=number, kind="say", who="budi", place="telegram", text=text) == 200
    await playground.settle()
    assert said(playground) == ["hello", "hey"]


@pytest.mark.parametrize(
    "headers",
    [
        {"X_Bareng_Token": ""},
        {"X_Bareng_Token": "0" * 32},
        {"Origin": ""},
        {"Origin": "null"},
        {"Origin": "http://evil.example"},
        {"Content_Type": "text/plain"},
        {"Content_Type": "application/x-www-form-urlencoded"},
    ],
)
async def test_an_act_from_elsewhere_is_refused(
    visitor: Visitor, playground: Playground, headers: dict[str, str]
) -> None:
    await first(visitor, "ani")
    body = {"id": uuid4().hex, "kind": "say", "who": "ani", "place": "telegram", "text": "forged"}
    answer = await visitor.post(json.dumps(body).encode(), **headers)
    assert answer.status_code == 403
    assert said(playground) == []


def bad_bodies() -> Iterator[bytes]:
    """Bodies that the page never sends."""
    good = {"id": "0123456789", "kind": "say", "who": "ani", "place": "telegram", "text": "x"}
    changes: list[Json] = [
        {"id": "short"},
        {"id": "0123456789'; --"},
        {"kind": "sudo"},
        {"who": "nobody"},
        {"place": "budi"},
        {"place": "elsewhere"},
        {"text": 7},
        {"text": "x" * 16_001},
        {"more": 1},
        {"kind": "jump", "to": "2026-11-23T10:00:00"},
        {"kind": "submit", "path": "hello", "values": {"a": 1}},
    ]
    yield from (json.dumps({**good, **change}).encode() for change in changes)
    yield from (b"", b"[]", b"{", b"null", b"\xff\xfe", b'{"id":' * 9000, b'{"kind":"say"}')


@pytest.mark.parametrize("body", tuple(bad_bodies()))
async def test_a_body_that_the_page_never_sends_is_refused(
    visitor: Visitor, playground: Playground, body: bytes
) -> None:
    await first(visitor, "ani")
    assert (await visitor.post(body)).status_code in (400, 413)
    assert said(playground) == []


async def test_a_body_that_is_too_large_is_not_read_to_its_end(visitor: Visitor) -> None:
    await first(visitor, "ani")
    assert (await visitor.post(b" " * 70_000)).status_code == 413


async def test_lone_surrogates_and_nul_do_no_harm(visitor: Visitor, playground: Playground) -> None:
    await first(visitor, "ani")
    template = b'{"id":"%s","kind":"say","who":"ani","place":"telegram","text":"%s"}'
    for number, text in enumerate([b"a\\u0000b", b"\\ud83d\\ude00", b"\\ud800"]):
        answer = await visitor.post(template % (b"number-%d" % number, text))
        assert answer.status_code in (200, 400)
    async with visitor.hears("ani") as news:
        assert await anext(news)


async def test_somebody_hears_what_is_theirs_and_nothing_else(visitor: Visitor, playground: Playground) -> None:
    await playground.say(BUDI, TELEGRAM, "/hello")
    await playground.say(BUDI, DISCORD, "public")
    await playground.settle()
    _, budis = await first(visitor, "budi")
    _, citras = await first(visitor, "citra")
    assert [entry["command"] for entry in budis["entries"]].count("/hello") == 2
    assert [entry["pages"][0]["blocks"][0]["runs"][0]["text"] for entry in citras["entries"]] == ["public"]
    assert citras["reset"]


async def test_changes_arrive_while_the_stream_is_open(visitor: Visitor, playground: Playground) -> None:
    async with visitor.hears("citra") as news:
        await anext(news)
        await playground.say(BUDI, TELEGRAM, "now")
        _, change = await asyncio.wait_for(anext(news), 5)
    assert not change["reset"]
    assert [entry["author"] for entry in change["entries"]] == ["budi"]
    assert change["noise"] == {"bot": 0, "people": 1, "sounding": 0}


async def test_after_a_break_only_what_was_missed_comes(visitor: Visitor, playground: Playground) -> None:
    await playground.say(BUDI, TELEGRAM, "one")
    number, _ = await first(visitor, "citra")
    await playground.say(BUDI, TELEGRAM, "two")
    _, change = await first(visitor, "citra", number)
    assert len(change["entries"]) == 1
    assert not change["reset"]


@pytest.mark.parametrize("last", ["other.5", "nonsense", "0.0", "é"])
async def test_after_a_restart_everything_comes_anew(visitor: Visitor, playground: Playground, last: str) -> None:
    await playground.say(BUDI, TELEGRAM, "one")
    async with visitor.client.stream(
        "GET", "events", params={"as": "citra"}, headers=[(b"last-event-id", last.encode())]
    ) as stream:
        _, change = await anext(visitor._news(stream))
    assert change["reset"]
    assert len(change["entries"]) == 1


async def test_a_deleted_message_is_taken_away(visitor: Visitor, playground: Playground) -> None:
    await playground.say(BUDI, TELEGRAM, "oops")
    entry = next(iter(playground.transcript))
    number, _ = await first(visitor, "citra")
    playground.transcript.delete(entry)
    _, change = await first(visitor, "citra", number)
    assert change["entries"] == [{"id": entry.id, "deleted": True}]


async def test_a_button_comes_with_its_signature_and_works(visitor: Visitor, playground: Playground) -> None:
    await playground.say(ANI, TELEGRAM, "/serve")
    await playground.settle()
    number, news = await first(visitor, "citra")
    card = next(entry for entry in news["entries"] if entry["place"] == "telegram")
    wink = card["pages"][0]["rows"][0][0]
    assert await visitor.act(kind="press", who="citra", entry=card["id"], data=wink["data"]) == 200
    await playground.settle()
    _, change = await first(visitor, "citra", number)
    assert [(signal["kind"], signal["text"]) for signal in change["signals"]] == [("alert", "You winked at 1.")]
    assert await visitor.act(kind="press", who="citra", entry="gone-1", data=wink["data"]) == 410


async def test_a_form_opens_and_is_sent(visitor: Visitor, playground: Playground) -> None:
    number, _ = await first(visitor, "eko")
    await visitor.act(kind="say", who="eko", place="discord", text="/brew cup")
    await playground.settle()
    _, change = await first(visitor, "eko", number)
    (form,) = change["signals"]
    assert (form["kind"], form["title"], [field["name"] for field in form["fields"]]) == (
        "form",
        "/brew cup",
        ["leaf", "how"],
    )
    values = {"leaf": "black", "how": "strong"}
    assert await visitor.act(kind="submit", who="eko", place="discord", path=form["path"], values=values) == 200
    await playground.settle()
    assert sees(playground, EKO, DISCORD) == ["A cup of black, strong."]


async def test_a_jump_turns_the_clock_once(visitor: Visitor, playground: Playground) -> None:
    _, news = await first(visitor, "ani")
    to = next(jump["at"] for jump in news["jumps"] if jump["name"] == "monday")
    for _ in range(2):
        assert await visitor.act(kind="jump", to=to) == 200
    assert playground.clock() == MONDAY + timedelta(hours=11)
    far = (MONDAY + timedelta(days=400)).isoformat()
    assert await visitor.act(kind="jump", to=far) == 400


async def test_where_nobody_may_turn_the_clock_no_jump_is_offered_or_taken(playground: Playground) -> None:
    async with serve(playground, turning=False) as site, httpx.AsyncClient(base_url=site) as client:
        visitor = Visitor(site, client)
        _, news = await first(visitor, "ani")
        assert news["jumps"] == []
        assert await visitor.act(kind="jump", to=(MONDAY + timedelta(hours=1)).isoformat()) == 400
    assert playground.clock() == MONDAY


async def test_the_jumps_lead_forward_in_time(visitor: Visitor) -> None:
    _, news = await first(visitor, "ani")
    moments = [jump["at"] for jump in news["jumps"]]
    assert {jump["name"] for jump in news["jumps"]} == {"hour", "quiz", "close", "monday", "tomorrow"}
    assert moments == sorted(moments)
    assert min(moments) > news["now"]


async def test_the_menu_holds_what_the_person_may_use(visitor: Visitor) -> None:
    paths = {}
    for who in ("ani", "citra"):
        menu = (await visitor.client.get("menu", params={"as": who, "place": "telegram"})).json()
        paths[who] = {command["path"] for command in menu}
    assert paths["ani"] - paths["citra"] == {"poke", "serve"}


@pytest.mark.parametrize("place", ["telegram", "discord", "citra"])
async def test_the_menu_speaks_the_language_of_the_persons_app(
    visitor: Visitor, playground: Playground, place: str
) -> None:
    for language, word in {"en": "What you can do here", "id": "Yang bisa dilakukan di sini"}.items():
        playground.cast_as(Actor("citra", "Citra", language=language))
        menu = (await visitor.client.get("menu", params={"as": "citra", "place": place})).json()
        assert word in [command["help"] for command in menu]


async def test_arguments_are_suggested(visitor: Visitor) -> None:
    asked = {"as": "citra", "place": "discord", "path": "brew cup", "param": "leaf", "text": ""}
    found = (await visitor.client.get("complete", params=asked)).json()
    assert found == [{"value": "green", "label": "Green"}, {"value": "black", "label": "Black"}]
    assert (await visitor.client.get("complete", params={**asked, "path": "nothing"})).json() == []


async def test_while_the_store_is_away_the_page_is_asked_to_try_again(
    visitor: Visitor, playground: Playground, monkeypatch: pytest.MonkeyPatch
) -> None:
    await first(visitor, "ani")
    act = {"id": uuid4().hex, "kind": "say", "who": "ani", "place": "telegram", "text": "/shout patience"}
    with monkeypatch.context() as patch:
        patch.setattr(playground.app.store, "begin", away)
        patch.setattr(playground.app.store, "read", away)
        assert (await visitor.post(json.dumps(act).encode())).status_code == 503
    assert (await visitor.post(json.dumps(act).encode())).status_code == 200
    await playground.settle()
    assert said(playground) == ["patience"]


async def test_a_stream_ends_when_the_playground_closes(visitor: Visitor, playground: Playground) -> None:
    async with visitor.hears("ani") as news:
        await anext(news)
        playground.transcript.close()
        assert len([each async for each in news]) <= 1


async def test_old_entries_are_forgotten(playground: Playground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.playground.transcript.MOST_ENTRIES", 10)
    for number in range(25):
        await playground.say(BUDI, TELEGRAM, str(number))
    kept: list[Entry] = list(playground.transcript)
    assert len(kept) == 10
    assert said(playground)[-1] == "24"


def test_every_word_of_the_page_is_used_and_known() -> None:
    folder = Path(web.__file__).parent
    sources = "".join(path.read_text() for path in (folder / "page.html", *folder.glob("*.js")))
    assert set(re.findall(r"\bwords\.(\w+)", sources)) == set(PAGE)


def test_no_script_puts_markup_into_the_page() -> None:
    folder = Path(web.__file__).parent
    for script in folder.glob("*.js"):
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", script.read_text())
    assert "|safe" not in (folder / "page.html").read_text().replace(" ", "")
