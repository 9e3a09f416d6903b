"""Where the link checker's probe does not go, whatever names, redirects and servers want of it."""

import asyncio
from itertools import repeat

import pytest
from aiohttp import web

from adapters.link import probe as module
from adapters.link.probe import Probe, resolve
from adapters.link.rule import is_public
from bot.features.library.check import Reach
from tests.adapters.link.site import HERE, URL, Names, Site, only_here, rude


async def test_the_rule_of_every_day_does_not_let_it_onto_this_machine(school: Site, names: Names) -> None:
    assert await Probe(names)(URL) is Reach.UNKNOWN
    assert school.requests == []


async def test_this_machine_s_own_name_is_never_public() -> None:
    found = await resolve("localhost", 80)
    assert found
    assert not any(is_public(address) for address, _ in found)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0177.0.0.1/", "http://0x7f000001/",
        "http://0x7f.0.0.1/", "http://0/", "http://0.0.0.0/", "http://[::1]/", "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/", "http://[fd00:ec2::254]/", "http://[fe80::1%25eth0]/", "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/", "http://8.8.8.8/", "http://127。0。0。1/", "http://１２７.0.0.1/",
        "http://localhost/", "http://printer.local/", "http://metadata.google.internal/", "http://7f000001.nip.io/",
        "http://school.example@127.0.0.1/", "http://user:pass@school.example/", "http://school.example\\@10.0.0.1/",
        "http://school.example:8080/", "https://school.example:80/", "http://school.example:0/",
        "http://school.example:99999/", "http:///", "http://", "", "school", "ftp://school.example/",
        "gopher://school.example/", "file:///etc/passwd", "javascript:alert(1)", "data:text/html,x",
        "http://school.example/\r\nX-Injected: 1", "http://school.example/ HTTP/1.1", "http://[::1/",
        f"http://school.example/{'a' * 2048}",
    ],
)  # fmt: skip
async def test_an_address_that_may_not_be_shared_is_not_even_looked_up(
    probe: Probe, school: Site, names: Names, url: str
) -> None:
    assert await probe(url) is Reach.UNKNOWN
    assert names.asked == []
    assert school.requests == []


async def test_one_address_inside_is_enough_to_stay_away(probe: Probe, school: Site, names: Names) -> None:
    names.answers["school.example"] = [(HERE, "10.0.0.1")]
    assert await probe(URL) is Reach.UNKNOWN
    assert school.requests == []


async def test_a_name_that_changes_its_mind_is_asked_once(probe: Probe, school: Site, names: Names) -> None:
    names.answers["school.example"] = [(HERE,), ("10.0.0.1",)]
    school.answers["/"] = lambda request: web.Response(status=405 if request.method == "HEAD" else 200)
    assert await probe(URL) is Reach.ALIVE
    assert school.lines == ["HEAD /", "GET /"]
    assert len(names.asked) == 1


async def test_a_name_that_changes_its_mind_between_two_pages_is_left(probe: Probe, school: Site, names: Names) -> None:
    names.answers["school.example"] = [(HERE,), ("10.0.0.1",)]
    school.says("/", 302, Location="/next")
    assert await probe(URL) is Reach.UNKNOWN
    assert school.lines == ["HEAD /"]
    assert len(names.asked) == 2


# Redirects


async def test_three_redirects_are_followed_and_no_fourth(probe: Probe, school: Site) -> None:
    for step in range(5):
        school.says(f"/{step}", (301, 302, 303, 307, 308)[step], Location=f"{step + 1}")
    school.says("/5", 200)
    assert await probe(f"{URL}/2") is Reach.ALIVE
    school.requests.clear()
    assert await probe(f"{URL}/1") is Reach.UNKNOWN
    assert school.lines == ["HEAD /1", "HEAD /2", "HEAD /3", "HEAD /4"]


async def test_a_loop_ends(probe: Probe, school: Site) -> None:
    school.says("/", 302, Location=URL)
    assert await probe(URL) is Reach.UNKNOWN
    assert len(school.requests) == 4


@pytest.mark.parametrize("location", ["/gone", "//nowhere.example/", "http://nowhere.example/page"])
async def test_a_page_that_leads_to_nothing_is_dead(probe: Probe, school: Site, location: str) -> None:
    school.says("/", 301, Location=location)
    assert await probe(URL) is Reach.DEAD


async def test_a_redirect_is_read_as_browsers_read_it(probe: Probe) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = await reader.readuntil(b"\r\n\r\n")
        there = line.startswith(b"HEAD /%C3%A9 ")
        writer.write(b"HTTP/1.0 200\r\n\r\n" if there else "HTTP/1.1 302 Found\r\nlocation: /é\r\n\r\n".encode())
        await writer.drain()

    async with rude(serve) as port:
        assert await Probe(Names(port), only_here)(URL) is Reach.ALIVE


@pytest.mark.parametrize(
    "location",
    [
        "http://10.0.0.1/", "http://127.0.0.1/", "http://[::1]/", "//169.254.169.254/latest/meta-data/",
        "http://2130706433/", "http://inside.example/", "http://localhost/", "ftp://school.example/",
        "http://school.example:8080/", "http://user:pass@school.example/", "javascript:alert(1)", "http://[::1/",
        "http:\\\\school.example", "/a\tb c", "https://t.me/joinchat/AAAA",
    ],
)  # fmt: skip
async def test_a_redirect_is_judged_as_an_address_that_somebody_shared(
    probe: Probe, school: Site, names: Names, location: str
) -> None:
    names.answers["inside.example"] = [("10.0.0.5",)]
    school.says("/", 302, Location=location)
    assert await probe(URL) is Reach.UNKNOWN
    assert school.lines == ["HEAD /"]


# Servers that mean harm


async def test_a_body_is_not_read(names: Names) -> None:
    written = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal written
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n")
        for _ in range(10_000):
            writer.write(bytes(16 * 1024))
            await writer.drain()
            written += 16 * 1024

    async with rude(serve) as port:
        names.port = port
        assert await Probe(names, only_here)(URL) is Reach.ALIVE
        await asyncio.sleep(0.1)
        assert written <= 192 * 1024, "what fits into the buffers on both sides"


FLOODS = {
    "endless headers": (b"HTTP/1.1 200 OK\r\n", b"X: " + b"a" * 1000 + b"\r\n"),
    "one endless header": (b"HTTP/1.1 200 OK\r\nX: ", b"a" * 1000),
    "too many headers": (b"HTTP/1.1 200 OK\r\n" + b"X: a\r\n" * 500 + b"\r\n", b""),
    "endless interim answers": (b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"),
    "an endless status": (b"HTTP/1.1 200 ", b"a" * 1000),
    "no HTTP": (b"220 mail.example ESMTP\r\n\r\n", b""),
    "a status that there is not": (b"HTTP/1.1 999 Hello\r\n\r\n", b""),
    "HTTP of another kind": (b"HTTP/2 200\r\n\r\n", b""),
    "a head that ends too early": (b"HTTP/1.1 200 OK\r\nX: a", b""),
    "nothing": (b"", b""),
}


@pytest.mark.parametrize(("head", "unit"), FLOODS.values(), ids=FLOODS.keys())
async def test_what_is_no_answer_says_nothing_and_ends_soon(names: Names, head: bytes, unit: bytes) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(head)
        for more in repeat(unit) if unit else ():
            writer.write(more)
            await writer.drain()

    async with rude(serve) as port, asyncio.timeout(2):
        names.port = port
        assert await Probe(names, only_here)(URL) is Reach.UNKNOWN


@pytest.mark.parametrize("patience", ["PATIENCE", "PATIENCE_TO_CONNECT"])
async def test_it_does_not_wait_for_long(names: Names, monkeypatch: pytest.MonkeyPatch, patience: str) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for byte in b"HTTP/1.1 200 OK\r\n" + b"X" * 1000:
            writer.write(bytes([byte]))
            await asyncio.sleep(0.05)

    monkeypatch.setattr(module, patience, 0.3)
    url = "https://school.example/" if patience == "PATIENCE_TO_CONNECT" else URL
    async with rude(serve) as port, asyncio.timeout(2):
        names.port = port
        assert await Probe(names, only_here)(url) is Reach.UNKNOWN


async def test_a_name_server_is_not_waited_for_either(monkeypatch: pytest.MonkeyPatch) -> None:
    async def slow(_name: str, _port: int) -> list[tuple[str, int]]:
        await asyncio.sleep(60)
        return []

    monkeypatch.setattr(module, "PATIENCE", 0.2)
    async with asyncio.timeout(2):
        assert await Probe(slow, only_here)(URL) is Reach.UNKNOWN
