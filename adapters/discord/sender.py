"""Calls to Discord's REST interface over discord.py's own HTTP client, each with the core's errors."""

import asyncio
import contextlib
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import timedelta
from hashlib import blake2b
from typing import Any, TypeVar

import aiohttp
import discord
import msgspec
import structlog
from discord.http import Route
from discord.webhook.async_ import AsyncWebhookAdapter

from adapters.discord import fetch
from adapters.discord.attach import multipart, names, unpack
from adapters.discord.errors import ARCHIVED, BadForm, Banned, Revoked, translate
from adapters.discord.pace import Pace
from adapters.discord.render import first_words, words_only
from adapters.discord.wire import EPHEMERAL, FILES, SILENT, THUMB, Payload
from bot.chat.errors import Ambiguous, Unreachable
from bot.chat.file import Document, File

PATIENCE = 40.0
"""Seconds for one call, its waiting for a rate limit included; then its outcome is unknown."""

MOST_WAITING = 30.0
"""The longest wait for a rate limit inside a call; longer ones go back to the outbox."""

SAFE_FOR = 60.0
"""Seconds within which a nonce surely is remembered ("the past few minutes"); later the channel itself is asked."""

LOOK_BACK = 50
"""Messages of a channel among which one of ours is looked for."""

MOST_DOUBTFUL = 10_000

MESSAGE, DEFER, DEFER_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
"""Types of first answers to an interaction."""

log = structlog.get_logger()

V = TypeVar("V")

Body = Payload | list[Payload]
Files = tuple[Document, ...]

NO_FILES: Payload = {"attachments": []}
"""Takes away the files that stand below a message which is changed."""


class Sender:
    """Everything that the bot asks of Discord; `me` is its own account. Nothing is asked after a revoked token, or
    during a ban.
    """

    def __init__(self, api: str) -> None:
        self._api = api
        self._webhooks = AsyncWebhookAdapter()  # type: ignore[no-untyped-call]
        self._pace = Pace()
        self._client: discord.Client | None = None
        self._session: aiohttp.ClientSession | None = None
        self._closed_until = 0.0
        self._doubtful: dict[str, float] = {}
        self.me = ""
        self.revoked = False

    async def open(self, token: str) -> discord.AppInfo:
        """Sign in; returns the application. Raises the errors of discord.py."""
        await self.close()
        Route.BASE = self._api
        connector = aiohttp.TCPConnector(limit=0)
        client = discord.Client(
            intents=discord.Intents(guilds=True),
            connector=connector,
            max_ratelimit_timeout=MOST_WAITING,
            max_messages=None,
        )
        try:
            await client.login(token)
        except BaseException:
            await client.close()
            raise
        if client.application is None:
            raise Unreachable
        self._client, self.me = client, str(client.user.id) if client.user else ""
        self._session = aiohttp.ClientSession(connector=connector, connector_owner=False)
        return client.application

    async def close(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()
        if self._client is not None:
            await self._client.close()
        self._client = self._session = None

    async def post(self, channel: str, body: Payload, nonce: str) -> str:
        """Post a message and return its id; the same nonce posts nothing more."""
        now = asyncio.get_running_loop().time()
        if now - self._doubtful.get(nonce, now) > SAFE_FOR and (standing := await self._find(channel, body)):
            return standing
        try:
            posted = await self._post(channel, body | {"nonce": nonce, "enforce_nonce": True})
        except Ambiguous:
            self._doubt(nonce, now)
            raise
        self._doubtful.pop(nonce, None)
        return posted

    async def post_pages(
        self, channel: str, pages: Sequence[Payload], key: str, *, silent: bool, first: int = 0
    ) -> str:
        """Post pages, the first of them numbered so, and return the last one's id; "" where there is none.

        One that Discord does not take is posted as its bare words.
        """
        last = ""
        for number, body in enumerate(pages, first):
            try:
                last = await self.post(channel, hushed(body, silent=silent), nonce(f"{key}:{number}"))
            except BadForm:
                log.exception("page_degraded", place=channel)
                last = await self.post(channel, hushed(words_only(body), silent=silent), nonce(f"{key}:{number}"))
        return last

    async def ask(self, method: str, path: str, body: Body | None = None, *, reason: str = "", **ids: str) -> Any:
        """One call; the answer as JSON. Files of the body go with it. Raises the core's platform errors.

        The `reason` stands in the guild's audit log.
        """
        try:
            return await self._ask(method, path, body, reason=reason, **ids)
        except discord.HTTPException as error:
            raise translate(error) from error

    async def ask_twice(self, method: str, path: str, body: Body | None = None, *, reason: str = "", **ids: str) -> Any:
        """The same for what may be done twice: after a lost reply, or a page in its place, once more."""
        try:
            return _json(await self.ask(method, path, body, reason=reason, **ids))
        except Ambiguous:
            return _json(await self.ask(method, path, body, reason=reason, **ids))

    async def read(self, kind: type[V], path: str, **ids: str) -> V:
        """What stands there as such a value; raises Ambiguous where it is none."""
        try:
            return msgspec.convert(await self.ask_twice("GET", path, None, **ids), kind)
        except msgspec.ValidationError as error:
            raise Ambiguous(str(error)) from None

    async def mark(self, channel: str, message: str) -> None:
        """Put a thumb at a message, once."""
        path = "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me"
        await self.ask("PUT", path, channel_id=channel, message_id=message, emoji_name=THUMB)

    async def fetch(self, file: File, most: int) -> bytes:
        """The content of an attachment, see `adapters.discord.fetch`; a lost connection is tried once more."""
        session = self._session
        if session is None or session.closed:
            raise Unreachable("not signed in")
        try:
            return await fetch.download(session, self._api, file, most)
        except (Ambiguous, Unreachable):
            return await fetch.download(session, self._api, file, most)

    async def answer(self, interaction: str, token: str, kind: int, data: Payload | None = None) -> None:
        """The first answer to an interaction. Raises discord.HTTPException as it comes, else the core's errors."""
        path = "/interactions/{webhook_id}/{webhook_token}/callback"
        data, files = unpack((NO_FILES if kind == UPDATE else {}) | data) if data is not None else (None, ())
        body: Payload = {"type": kind} if data is None else {"type": kind, "data": data}
        await self._hook("POST", path, interaction, token, body, files)

    async def follow_up(self, application: str, token: str, body: Payload, *, private: bool) -> None:
        """One more message to an interaction."""
        flags = body.get("flags", 0) | (EPHEMERAL if private else 0)
        payload, files = unpack(body | {"flags": flags})
        await self._hook("POST", "/webhooks/{webhook_id}/{webhook_token}", application, token, payload, files)

    async def edit_answer(self, application: str, token: str, body: Payload) -> None:
        """Change the first answer, or the message that was pressed."""
        path = "/webhooks/{webhook_id}/{webhook_token}/messages/@original"
        await self._hook("PATCH", path, application, token, *unpack(NO_FILES | body))

    async def delete_answer(self, application: str, token: str) -> None:
        """Take the first answer away."""
        path = "/webhooks/{webhook_id}/{webhook_token}/messages/@original"
        await self._hook("DELETE", path, application, token)

    async def _ask(self, method: str, path: str, body: Body | None, *, reason: str = "", **ids: str) -> Any:
        client = self._client
        if client is None or client.is_closed():
            raise Unreachable("not signed in")
        async with self._watched():
            await self._pace.turn()
            route = Route(method, path, **ids)
            if body is None:
                return await client.http.request(route, reason=reason)
            if isinstance(body, list):
                return await client.http.request(route, json=body)
            payload, files = unpack(body)
            if files:
                return await client.http.request(route, form=multipart(payload, files))
            return await client.http.request(route, json=payload, reason=reason)

    async def _hook(
        self, method: str, path: str, webhook: str, token: str, body: Payload | None = None, files: Files = ()
    ) -> None:
        session = self._session
        if session is None or session.closed:
            raise Unreachable("not signed in")
        async with self._watched():
            route = Route(method, path, webhook_id=webhook, webhook_token=token)
            form = multipart(body, files) if body is not None and files else None
            await self._webhooks.request(route, session, payload=None if form else body, multipart=form)

    async def _post(self, channel: str, body: Payload) -> str:
        path = "/channels/{channel_id}/messages"
        try:
            answer = await self._ask("POST", path, body, channel_id=channel)
        except discord.HTTPException as error:
            if error.code != ARCHIVED:
                raise translate(error) from error
            await self._reopen(channel)
            answer = await self.ask("POST", path, body, channel_id=channel)
        if not isinstance(answer, Mapping) or "id" not in answer:
            raise Ambiguous("no message came back")
        return str(answer["id"])

    def _doubt(self, nonce: str, since: float) -> None:
        """Remember when a message may first have been posted."""
        self._doubtful.setdefault(nonce, since)
        if len(self._doubtful) > MOST_DOUBTFUL:
            del self._doubtful[next(iter(self._doubtful))]

    async def _find(self, channel: str, body: Payload) -> str | None:
        """The id of a message of ours with these words and files among the newest; Discord has forgotten its nonce."""
        path = f"/channels/{{channel_id}}/messages?limit={LOOK_BACK}"
        for message in await self.ask("GET", path, channel_id=channel):
            attached = [attachment["filename"] for attachment in message.get("attachments", ())]
            same = first_words(message) == first_words(body) and attached == names(body.get(FILES, ()))
            if message["author"]["id"] == self.me and same:
                return str(message["id"])
        return None

    async def _reopen(self, thread: str) -> None:
        """Open an archived thread; Refused where the bot may not."""
        await self.ask("PATCH", "/channels/{channel_id}", {"archived": False}, channel_id=thread)

    @contextlib.asynccontextmanager
    async def _watched(self) -> AsyncIterator[None]:
        """A call within its time; HTTPException passes, so that callers can read its code."""
        self._check_allowed()
        try:
            async with asyncio.timeout(PATIENCE):
                yield
        except discord.HTTPException as error:
            self._learn(error)
            raise
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError, discord.RateLimited) as error:
            raise translate(error) from error

    def _check_allowed(self) -> None:
        if self.revoked:
            raise Revoked("the token was refused")
        left = self._closed_until - asyncio.get_running_loop().time()
        if left > 0:
            raise Banned(timedelta(seconds=left))

    def _learn(self, error: discord.HTTPException) -> None:
        match translate(error):
            case Banned() as ban:
                log.critical("discord_ban", seconds=ban.after.total_seconds())
                self._closed_until = asyncio.get_running_loop().time() + ban.after.total_seconds()
            case Revoked():
                log.critical("discord_token_refused")
                self.revoked = True


def _json(answer: Any) -> Any:
    """The answer, which has no words unless it is JSON."""
    if isinstance(answer, str) and answer:
        raise Ambiguous("no JSON came back")
    return answer


def hushed(body: Payload, *, silent: bool) -> Payload:
    """The body so that nobody's device makes a sound, if that is wanted."""
    return body | {"flags": body.get("flags", 0) | (SILENT if silent else 0)}


def nonce(key: str) -> str:
    """A nonce of at most 25 characters (Discord's limit) that is always the same for the same key."""
    return urlsafe_b64encode(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=15).digest()).decode()
