"""The link checker's probe, against real servers: what it asks and what it makes of the answers."""

import asyncio
import socket
import ssl
from pathlib import Path

import pytest
from aiohttp import web

from adapters.link.probe import CONTROL, Probe
from bot.features.library.check import Reach
from tests.adapters.link.site import HERE, URL, Names, Site, only_here, site

PEM = Path(__file__).parent / "school.pem"
"""A key and a certificate for school.example that nobody but these tests trusts."""

# What it says


@pytest.mark.parametrize(
    ("status", "reach"),
    [(status, Reach.ALIVE) for status in (200, 204, 206)]
    + [(status, Reach.DEAD) for status in (404, 410)]
    + [(status, Reach.UNKNOWN) for status in (300, 304, 400, 401, 403, 405, 418, 429, 451, 500, 502, 503)],
)
async def test_an_answer_means_one_of_three_things(probe: Probe, school: Site, status: int, reach: Reach) -> None:
    school.says("/page", status)
    assert await probe(f"{URL}/page") is reach


async def test_a_name_that_there_is_not_is_dead(probe: Probe) -> None:
    assert await probe("http://nowhere.example/") is Reach.DEAD


async def test_a_name_server_that_knows_no_name_at_all_says_nothing(probe: Probe, names: Names) -> None:
    names.answers.clear()
    assert await probe("http://nowhere.example/") is Reach.UNKNOWN
    assert names.asked == [("nowhere.example", 80), (CONTROL, 80)]


async def test_a_name_server_that_does_not_know_now_says_nothing() -> None:
    async def away(_name: str, _port: int) -> list[tuple[str, int]]:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    assert await Probe(away, only_here)(URL) is Reach.UNKNOWN


async def test_nobody_at_the_door_says_nothing(probe: Probe, names: Names) -> None:
    with socket.socket() as closed:
        closed.bind((HERE, 0))
        names.port = closed.getsockname()[1]
        assert await probe(URL) is Reach.UNKNOWN


async def test_a_second_address_is_tried_where_the_first_does_not_answer(names: Names) -> None:
    names.answers["school.example"] = [("127.0.0.2", HERE)]
    assert await Probe(names, lambda address: address.startswith("127."))(URL) is Reach.ALIVE


# What it sends


async def test_it_says_who_it_is_and_asks_for_the_head_alone(probe: Probe, school: Site, names: Names) -> None:
    school.says("/a b/é", 200)
    assert await probe(f"{URL}/a%20b/é?q=é&x=%2F#part") is Reach.ALIVE
    (request,) = school.requests
    assert (request.method, request.raw_path) == ("HEAD", "/a%20b/%C3%A9?q=%C3%A9&x=%2F")
    assert request.headers["Host"] == "school.example"
    assert "Bareng" in request.headers["User-Agent"]
    assert not {"Cookie", "Authorization", "Referer"} & set(request.headers)
    assert names.asked == [("school.example", 80)]


@pytest.mark.parametrize("refusal", [400, 403, 404, 405, 410, 501])
async def test_where_the_head_is_refused_a_single_byte_is_asked_for(probe: Probe, school: Site, refusal: int) -> None:
    school.answers["/page"] = lambda request: web.Response(status=refusal if request.method == "HEAD" else 206)
    assert await probe(f"{URL}/page") is Reach.ALIVE
    assert school.lines == ["HEAD /page", "GET /page"]
    assert school.requests[1].headers["Range"] == "bytes=0-0"


async def test_a_server_that_is_busy_is_not_asked_again(probe: Probe, school: Site) -> None:
    school.says("/page", 429)
    await probe(f"{URL}/page")
    assert school.lines == ["HEAD /page"]


async def test_it_keeps_no_cookies(probe: Probe, school: Site) -> None:
    school.says("/page", 302, Location="/", **{"Set-Cookie": "who=bareng"})
    assert await probe(f"{URL}/page") is Reach.ALIVE
    assert "Cookie" not in school.requests[1].headers


async def test_no_proxy_of_the_environment_is_used(probe: Probe, school: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    async with site() as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://{HERE}:{proxy.port}")
        assert await probe(URL) is Reach.ALIVE
        assert proxy.requests == []
    assert school.lines == ["HEAD /"]


async def test_the_certificate_must_be_the_names(monkeypatch: pytest.MonkeyPatch) -> None:
    tls, asked = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH), []
    tls.load_cert_chain(PEM)
    tls.sni_callback = lambda _socket, name, _context: asked.append(name)
    monkeypatch.setenv("SSL_CERT_FILE", str(PEM))
    async with site(tls) as school:
        school.says("/", 200)
        names = Names(school.port)
        names.answers["other.example"] = [(HERE,)]
        assert await Probe(names, only_here)("https://school.example/") is Reach.ALIVE
        assert await Probe(names, only_here)("https://other.example/") is Reach.UNKNOWN
        monkeypatch.delenv("SSL_CERT_FILE")
        assert await Probe(names, only_here)("https://school.example/") is Reach.UNKNOWN
        assert asked == ["school.example", "other.example", "school.example"]
        assert len(school.requests) == 1
        assert names.asked[0] == ("school.example", 443)


def test_it_is_the_same_on_the_loop_that_runs_it() -> None:
    uvloop = pytest.importorskip("uvloop")

    async def tries() -> list[Reach]:
        async with site() as school:
            school.says("/", 200)
            names = Names(school.port)
            names.answers["inside.example"] = [("10.0.0.5",)]
            probe = Probe(names, only_here)
            return [await probe(f"http://{name}.example/") for name in ("school", "inside", "nowhere")]

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        assert runner.run(tries()) == [Reach.ALIVE, Reach.UNKNOWN, Reach.DEAD]
