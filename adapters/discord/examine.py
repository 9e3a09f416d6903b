"""What the doctor asks of Discord: the token, the bot's name, intents, and rights in each server."""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from typing import Any

import aiohttp

from adapters.discord.guild import permissions
from adapters.discord.inbound import number
from adapters.discord.wire import (
    CREATE_PUBLIC_THREADS,
    MANAGE_MESSAGES,
    MODERATE_MEMBERS,
    PIN_MESSAGES,
    READ_HISTORY,
    SEND_MESSAGES,
    VIEW_CHANNEL,
)
from bot.doctor import Finding, Mark, clock
from bot.domain.community import Venue

PATIENCE = aiohttp.ClientTimeout(total=10)

NEEDED = {VIEW_CHANNEL: "View Channels", SEND_MESSAGES: "Send Messages", READ_HISTORY: "Read Message History"}
USEFUL = {
    MANAGE_MESSAGES: "Manage Messages",
    PIN_MESSAGES: "Pin Messages",
    MODERATE_MEMBERS: "Timeout Members",
    CREATE_PUBLIC_THREADS: "Create Public Threads",
}
"""Rights as Discord's settings call them."""


class _Failed(Exception):
    """Discord said no; the message is its own word."""

    def __init__(self, code: int, why: str) -> None:
        super().__init__(why)
        self.code = code


class _Api:
    """Bare calls: the doctor wants the headers too, no gateway, and no retries."""

    def __init__(self, session: aiohttp.ClientSession, address: str) -> None:
        self._session = session
        self._address = address
        self.date = ""

    async def ask(self, path: str) -> Any:
        """The answer to a GET; raises _Failed."""
        async with self._session.get(self._address + path) as answer:
            self.date = answer.headers.get("Date", "")
            body = await answer.json(content_type=None)
        if answer.status != 200:
            raise _Failed(answer.status, str(body.get("message", "")) if isinstance(body, dict) else "no JSON")
        return body


async def examine(token: str, api_url: str, venues: Sequence[Venue]) -> AsyncIterator[Finding]:
    """Everything that can be found out without changing anything and without a gateway session."""
    headers = {"Authorization": f"Bot {token}"}
    async with aiohttp.ClientSession(timeout=PATIENCE, headers=headers) as session:
        api = _Api(session, api_url.rstrip("/"))
        try:
            async for finding in _findings(api, venues):
                yield finding
        except _Failed as error:
            if error.code == 401:
                fix = "Reset the token on the page Bot of the developer portal and put it into the settings."
                yield Finding(Mark.FAIL, "Discord: the token is not accepted.", fix)
            else:
                yield Finding(Mark.FAIL, f"Discord: it answered {error.code} {error}.", "Try again in a while.")
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            fix = "Check the connection, the proxy, and api_url of [discord]."
            yield Finding(Mark.FAIL, f"Discord: cannot be reached ({type(error).__name__}).", fix)


async def _findings(api: _Api, venues: Sequence[Venue]) -> AsyncIterator[Finding]:
    me = await api.ask("/users/@me")
    yield Finding(Mark.OK, f"Discord: the token is good, the bot is {me.get('username', '?')}.")
    yield clock({"Date": api.date}, datetime.now(UTC), "Discord")
    yield Finding(Mark.OK, "Discord: intents: no privileged one is needed, all may stay off.")
    for venue in venues:
        yield await _rights(api, str(me["id"]), venue)


async def _rights(api: _Api, me: str, venue: Venue) -> Finding:
    guild = venue.place.chat
    name = f"Discord server {venue.title or guild}"
    try:
        member = await api.ask(f"/guilds/{guild}/members/{me}")
        roles = await api.ask(f"/guilds/{guild}/roles")
    except _Failed as error:
        fix = "Invite the bot again, if it shall be there."
        return Finding(Mark.WARN, f"{name}: the bot is not in it ({error}).", fix)
    bits = {str(role["id"]): number(str(role["permissions"])) for role in roles}
    granted = permissions(guild, None, bits, tuple(member["roles"]), me)
    if missing := [words for bit, words in NEEDED.items() if not granted & bit]:
        fix = f"Give the bot's role in the server's settings: {', '.join(missing)}."
        return Finding(Mark.FAIL, f"{name}: the bot cannot speak.", fix)
    if missing := [words for bit, words in USEFUL.items() if not granted & bit]:
        fix = f"Give the bot's role: {', '.join(missing)}. Everything works without, only plainer."
        return Finding(Mark.WARN, f"{name}: the bot lacks rights that it can use.", fix)
    return Finding(Mark.OK, f"{name}: all rights are there.")
