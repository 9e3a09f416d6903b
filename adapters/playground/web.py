"""The playground's page: what people do comes in by POST, what changes goes out as server-sent events."""

import asyncio
import hmac
import json
import re
from collections.abc import AsyncIterator
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from secrets import token_urlsafe
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from adapters.playground import almanac, view
from adapters.playground.act import MOST_BODY, MOST_WORDS, Bad, TooLarge, perform
from adapters.playground.adapter import Playground
from adapters.playground.cast import NEWCOMERS, Actor
from adapters.playground.clock import Turning
from adapters.playground.menu import menu, suggestions
from adapters.playground.state import rooms
from adapters.playground.words import ROLES, page_words
from bot.chat.errors import Unavailable
from bot.chat.file import PICTURES
from bot.chat.places import Place
from bot.speech import LANGUAGES, Speech, choose_language

if TYPE_CHECKING:
    from jinja2 import Template

HEARTBEAT = 15.0
"""Seconds after which a quiet stream says that it is alive and what time it is, so that a dead line is noticed."""

MOST_SENT = 300
"""Entries that a page gets when it opens; older ones are not worth a thin connection's time."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
        "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}

_FOLDER = Path(__file__).parent
_SCRIPTS = (
    "page.js",
    "draw.js",
    "line.js",
    "compose.js",
    "attach.js",
    "reply.js",
    "tools.js",
    "room.js",
    "person.js",
    "field.js",
)
_STYLES = ("page.css", "room.css")
_ASSETS = {
    **dict.fromkeys(_STYLES, "text/css"),
    "icon.svg": "image/svg+xml",
    **dict.fromkeys(_SCRIPTS, "text/javascript"),
}
_LAST_ID = re.compile(r"(\w+)\.(\d{1,15})", re.ASCII)


class Page:
    """The page of one playground, in `language` unless its reader chooses another.

    Without a `clock` the time cannot be turned: where real groups share the database, nobody may.
    """

    def __init__(self, playground: Playground, clock: Turning | None, language: str = "id") -> None:
        self._playground = playground
        self._clock = clock
        self._language = language
        self._token = token_urlsafe(24)
        self._turn = asyncio.Lock()

    @cached_property
    def _template(self) -> "Template":
        # Only when somebody looks at the page: no start waits for Jinja to be imported and the page to be compiled.
        from jinja2 import Environment, FileSystemLoader, StrictUndefined

        environment = Environment(loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined)
        return environment.get_template("page.html")

    def app(self) -> Starlette:
        """The page as an application that can be mounted anywhere: all its addresses are relative."""
        assets = [Route(f"/{name}", self.asset) for name in _ASSETS]
        routes = [
            Route("/", self.show),
            Route("/events", self.events),
            Route("/menu", self.menu),
            Route("/complete", self.complete),
            Route("/file/{id}", self.file),
            Route("/act", self.act, methods=["POST"]),
        ]
        return Starlette(routes=[*routes, *assets])

    async def show(self, request: Request) -> Response:
        """The page itself."""
        speech = self._speech(request)
        name, zone = await almanac.zone_of(self._playground)
        actors = list(self._playground.cast.values())
        html = self._template.render(
            words=page_words(speech),
            language=speech.language,
            languages=LANGUAGES,
            actors=[(actor, speech.words(ROLES[actor.role])) for actor in actors],
            me=self._actor(request),
            more=any(actor.account not in self._playground.cast for actor in NEWCOMERS),
            community=name,
            zone=zone,
        )
        return HTMLResponse(html, headers=HEADERS)

    async def asset(self, request: Request) -> Response:
        """The style, the script and the icon."""
        name = request.url.path.rpartition("/")[2]
        content = (_FOLDER / name).read_bytes()
        return Response(content, media_type=_ASSETS[name], headers=HEADERS | {"Cache-Control": "no-cache"})

    async def file(self, request: Request) -> Response:
        """A file by its id; nothing but a picture is opened by a browser, and nothing in it runs."""
        file = self._playground.shelf.get(request.path_params["id"])
        if file is None:
            return JSONResponse({"error": "gone"}, 404, headers=HEADERS)
        headers = HEADERS | {"Content-Security-Policy": "default-src 'none'; sandbox"}
        if file.kind in PICTURES:
            return Response(file.content, media_type=file.kind, headers=headers)
        name = quote(file.name or "file", safe="", errors="replace")
        saved = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
        return Response(file.content, media_type="application/octet-stream", headers=headers | saved)

    async def events(self, request: Request) -> Response:
        """What the person sees, and then whatever changes, for as long as the page is open."""
        known = _LAST_ID.fullmatch(request.headers.get("last-event-id", ""))
        version = int(known[2]) if known and known[1] == self._playground.transcript.run else -1
        stream = self._stream(self._actor(request), version, self._speech(request))
        return StreamingResponse(stream, media_type="text/event-stream", headers=HEADERS | {"X-Accel-Buffering": "no"})

    async def menu(self, request: Request) -> Response:
        """The commands for the person in that chat."""
        place = self._place(request.query_params.get("place", ""))
        return JSONResponse(await menu(self._playground, self._actor(request).account, place), headers=HEADERS)

    async def complete(self, request: Request) -> Response:
        """Suggestions for the argument that is being typed."""
        asked = request.query_params
        place = self._place(asked.get("place", ""))
        about = asked.get("path", ""), asked.get("param", ""), asked.get("text", "")
        found = await suggestions(self._playground, self._actor(request).account, place, *about)
        return JSONResponse(found, headers=HEADERS)

    async def act(self, request: Request) -> Response:
        """Something that a person does. The same id twice is one act; 503 asks to try again."""
        if not self._trusts(request):
            return JSONResponse({"error": "token"}, 403, headers=HEADERS)
        most = MOST_BODY if "file" in request.query_params else MOST_WORDS
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > most:
                return JSONResponse({"error": "size"}, 413, headers=HEADERS)
        try:
            async with self._turn:
                await perform(self._playground, self._clock, body)
        except TooLarge:
            return JSONResponse({"error": "size"}, 413, headers=HEADERS)
        except Bad as error:
            return JSONResponse({"error": str(error)}, 400, headers=HEADERS)
        except LookupError:
            return JSONResponse({"error": "gone"}, 410, headers=HEADERS)
        except Unavailable:
            return JSONResponse({"error": "later"}, 503, headers=HEADERS)
        return JSONResponse({}, headers=HEADERS)

    async def _stream(self, viewer: Actor, version: int, speech: Speech) -> AsyncIterator[str]:
        transcript = self._playground.transcript
        while not transcript.closed:
            version, news = await self._news(viewer, version, speech)
            yield f"id: {transcript.run}.{version}\nretry: 1500\ndata: {json.dumps(news)}\n\n"
            with suppress(TimeoutError):
                await asyncio.wait_for(transcript.changed(version), HEARTBEAT)

    async def _news(self, viewer: Actor, since: int, speech: Speech) -> tuple[int, view.Json]:
        """Everything newer than that version (all of it for -1), and the state around it."""
        transcript, sign = self._playground.transcript, self._playground.app.sign
        jumps = await almanac.jumps(self._playground) if self._clock else ()
        _, zone = await almanac.zone_of(self._playground)
        version = transcript.version
        entries = [each for each in transcript if each.version > since and each.is_for(viewer.account)]
        if since < 0:
            entries = [each for each in entries if not each.deleted][-MOST_SENT:]
        signals = [s for s in transcript.signals if 0 <= since < s.version and s.what.account == viewer.account]
        noise = transcript.noise
        return version, {
            "reset": since < 0,
            "token": self._token,
            "now": self._playground.clock().isoformat(),
            "zone": zone,
            "noise": {"bot": noise.bot, "people": noise.people, "sounding": noise.sounding},
            "jumps": [
                {
                    "name": j.name,
                    "label": almanac.label(j, speech),
                    "when": almanac.when(j, speech),
                    "at": j.at.isoformat(),
                }
                for j in jumps
            ],
            "entries": [view.entry(each, sign) for each in entries],
            "cast": [actor.id for actor in self._playground.cast.values()],
            "rooms": rooms(self._playground, viewer.account, speech),
            "signals": [view.signal(each) for each in signals],
        }

    def _trusts(self, request: Request) -> bool:
        """Whether the act comes from our own page: its token, its origin, its content type."""
        token = request.headers.get("x-bareng-token", "")
        origin = urlsplit(request.headers.get("origin", "")).netloc
        kind = request.headers.get("content-type", "").partition(";")[0].strip()
        same = bool(origin) and origin == request.headers.get("host")
        return same and kind == "application/json" and hmac.compare_digest(token.encode(), self._token.encode())

    def _actor(self, request: Request) -> Actor:
        actors = {actor.id: actor for actor in self._playground.cast.values()}
        return actors.get(request.query_params.get("as", ""), next(iter(actors.values())))

    def _place(self, chat: str) -> Place:
        return Place(self._playground.name, chat)

    def _speech(self, request: Request) -> Speech:
        wished = request.query_params.get("lang", "")
        return Speech(wished if wished in LANGUAGES else choose_language(self._language))
