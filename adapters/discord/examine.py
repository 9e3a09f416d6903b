"""What the doctor asks of Discord: the token, the bot's name, intents, starts left today, and rights in each server."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import aiohttp

from adapters.discord.gateway import FEW_LEFT
from adapters.discord.rights import abilities
from bot.chat.clean import clean_name
from bot.chat.places import Ability
from bot.doctor import Finding, Mark, clock
from bot.domain.community import Venue

PATIENCE = aiohttp.ClientTimeout(total=10)

RIGHTS = {
    Ability.SEND: "Send Messages",
    Ability.DELETE: "Manage Messages",
    Ability.PIN: "Pin Messages",
    Ability.RESTRICT: "Timeout Members",
    Ability.THREADS: "Create Public Threads",
    Ability.EVENTS: "Create Events",
}
"""What the bot can use, as Discord's settings call it."""


WORDS, ENTRIES = 1 << 18 | 1 << 19, 1 << 14 | 1 << 15
"""An application's flags of the intents Message Content and Server Members: granted to a large bot, or simply turned on
for a small one.
"""


class _Failed(Exception):
    """Discord said no; the message is its own word."""

    def __init__(self, code: int, why: str) -> None:
        super().__init__(why)
        self.code = code


class _Api:
    """Bare calls: the doctor wants the headers too, and no retries."""

    def __init__(self, session: aiohttp.ClientSession, address: str) -> None:
        self._session = session
        self._address = address
        self.date = ""

    async def ask(self, path: str) -> Any:
        """What stands there; raises _Failed."""
        async with self._session.get(self._address + path) as answer:
            self.date = answer.headers.get("Date", "")
            body = await answer.json(content_type=None)
        if answer.status != 200:
            raise _Failed(answer.status, str(body.get("message", "")) if isinstance(body, dict) else "no JSON")
        return body


async def examine(token: str, api_url: str, venues: Sequence[Venue]) -> AsyncIterator[Finding]:
    """Everything that can be found out without connecting to the gateway and without changing anything."""
    headers = {"Authorization": f"Bot {token}"}
    async with aiohttp.ClientSession(timeout=PATIENCE, headers=headers) as session:
        try:
            async for finding in _findings(_Api(session, api_url.rstrip("/")), venues):
                yield finding
        except _Failed as error:
            if error.code == 401:
                fix = "Copy the token from the page Bot of the developer portal and put it into the settings."
                yield Finding(Mark.FAIL, "Discord: the token is not accepted.", fix)
            else:
                yield Finding(Mark.FAIL, f"Discord: it answered {error.code} {error}.", "Try again in a while.")
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            fix = "Check the connection, the proxy, and api_url of [discord]."
            yield Finding(Mark.FAIL, f"Discord: cannot be reached ({type(error).__name__}).", fix)


async def _findings(api: _Api, venues: Sequence[Venue]) -> AsyncIterator[Finding]:
    me = await api.ask("/applications/@me")
    yield Finding(Mark.OK, f"Discord: the token is good, the bot is {clean_name(str(me.get('name', '')))}.")
    yield clock({"Date": api.date}, datetime.now(UTC), "Discord")
    yield Finding(Mark.OK, f"Discord: {_intents(int(me.get('flags') or 0))}.")
    if me.get("interactions_endpoint_url"):
        fix = "Remove the Interactions Endpoint URL on the page General Information."
        yield Finding(Mark.FAIL, "Discord: commands and presses are sent to a web address instead of the bot.", fix)
    yield _starts((await api.ask("/gateway/bot"))["session_start_limit"])
    guilds = {str(guild["id"]): guild for guild in await api.ask("/users/@me/guilds")}
    if not guilds:
        yield Finding(Mark.WARN, "Discord: the bot is in no server yet.", "Open its invitation and choose one.")
    for guild in guilds.values():
        yield _rights(guild)
    for venue in venues:
        if venue.place.chat not in guilds:
            name = clean_name(venue.title, venue.place.chat)
            fix = "Add the bot again, if it shall be there."
            yield Finding(Mark.WARN, f"Discord server {name}: the bot is not in it.", fix)


def _intents(flags: int) -> str:
    """What the application's intents let the bot notice."""
    told = (
        (WORDS, "what people write is read (Message Content)"),
        (ENTRIES, "who comes into a server is noticed (Server Members)"),
    )
    return ", ".join(words for bits, words in told if flags & bits) or "no privileged intent is needed"


def _starts(limits: Mapping[str, int]) -> Finding:
    words = f"Discord: {limits['remaining']} of {limits['total']} starts are left today."
    if limits["remaining"] > FEW_LEFT:
        return Finding(Mark.OK, words)
    return Finding(Mark.WARN, words, "Find out what keeps starting the bot; the next start waits until tomorrow.")


def _rights(guild: Mapping[str, Any]) -> Finding:
    name, has = f"Discord server {clean_name(str(guild['name']))}", abilities(str(guild["permissions"]))
    if Ability.SEND not in has:
        return Finding(Mark.FAIL, f"{name}: the bot may not write.", "Give its role the right Send Messages.")
    missing = [words for ability, words in RIGHTS.items() if ability not in has]
    if missing:
        fix = f"In the server's roles, grant it: {', '.join(missing)}. Everything works without, only plainer."
        return Finding(Mark.WARN, f"{name}: the bot lacks rights that it can use.", fix)
    return Finding(Mark.OK, f"{name}: all rights are there.")
