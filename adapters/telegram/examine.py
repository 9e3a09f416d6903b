"""What the doctor asks of Telegram: the token, the bot's name, privacy mode, the webhook, and rights in each group."""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from typing import Any

import aiohttp

from bot.doctor import Finding, Mark, clock
from bot.domain.community import Venue

PATIENCE = aiohttp.ClientTimeout(total=10)

RIGHTS = {
    "can_delete_messages": "delete messages",
    "can_pin_messages": "pin messages",
    "can_restrict_members": "ban users",
}
"""What the bot can use as an administrator, as Telegram's settings call it."""


class _Failed(Exception):
    """Telegram said no; the message is its own word."""

    def __init__(self, code: int, why: str) -> None:
        super().__init__(why)
        self.code = code


class _Api:
    """Bare calls: the doctor wants the headers too, and no retries."""

    def __init__(self, session: aiohttp.ClientSession, address: str) -> None:
        self._session = session
        self._address = address
        self.date = ""

    async def ask(self, method: str, **values: str) -> dict[str, Any]:
        """The result of a method; raises _Failed."""
        async with self._session.post(f"{self._address}/{method}", data=values) as answer:
            self.date = answer.headers.get("Date", "")
            body = await answer.json(content_type=None)
        if not isinstance(body, dict) or not body.get("ok"):
            raise _Failed(answer.status, str(body.get("description", "")) if isinstance(body, dict) else "no JSON")
        return dict(body["result"])


async def examine(token: str, base_url: str, hook: str, venues: Sequence[Venue]) -> AsyncIterator[Finding]:
    """Everything that can be found out without changing anything; `hook` is our address, "" for polling."""
    async with aiohttp.ClientSession(timeout=PATIENCE) as session:
        api = _Api(session, f"{base_url.rstrip('/')}/bot{token}")
        try:
            async for finding in _findings(api, hook, venues):
                yield finding
        except _Failed as error:
            if error.code in (401, 404):
                fix = "Get the token from @BotFather (/mybots, API Token) and put it into the settings."
                yield Finding(Mark.FAIL, "Telegram: the token is not accepted.", fix)
            else:
                yield Finding(Mark.FAIL, f"Telegram: it answered {error.code} {error}.", "Try again in a while.")
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            fix = "Check the connection, the proxy, and base_url of [telegram]."
            yield Finding(Mark.FAIL, f"Telegram: cannot be reached ({type(error).__name__}).", fix)


async def _findings(api: _Api, hook: str, venues: Sequence[Venue]) -> AsyncIterator[Finding]:
    me = await api.ask("getMe")
    yield Finding(Mark.OK, f"Telegram: the token is good, the bot is @{me.get('username', '?')}.")
    yield clock({"Date": api.date}, datetime.now(UTC), "Telegram")
    if me.get("can_read_all_group_messages"):
        fix = "Nothing needs it: switch it on again with @BotFather, /setprivacy, so that the bot hears less."
        yield Finding(Mark.WARN, "Telegram: privacy mode is off, the bot hears every message.", fix)
    else:
        yield Finding(Mark.OK, "Telegram: privacy mode is on, the bot hears only commands, presses and replies.")
    if not me.get("can_join_groups", True):
        yield Finding(Mark.FAIL, "Telegram: the bot may not be added to groups.", "@BotFather, /setjoingroups: Enable.")
    yield webhook(await api.ask("getWebhookInfo"), hook)
    for venue in venues:
        yield await _rights(api, str(me["id"]), venue)


def webhook(info: dict[str, Any], wanted: str) -> Finding:
    """Whether the webhook that stands is the one that is wanted ("" for none), and whether it works."""
    standing, waiting = str(info.get("url") or ""), info.get("pending_update_count", 0)
    if not wanted and standing:
        return Finding(
            Mark.WARN, "Telegram: a webhook is set although updates are polled.", "The next start removes it."
        )
    if wanted and not standing.startswith(wanted.rstrip("/")):
        return Finding(Mark.WARN, "Telegram: the webhook is not set yet.", "The next start sets it.")
    if why := info.get("last_error_message"):
        fix = "Telegram must reach webhook_url over https; look at the proxy before the bot."
        return Finding(Mark.WARN, f"Telegram: its last call to the webhook failed: {why}. {waiting} wait.", fix)
    return Finding(Mark.OK, f"Telegram: updates come by {'webhook' if wanted else 'polling'}, {waiting} wait.")


async def _rights(api: _Api, me: str, venue: Venue) -> Finding:
    name = f"Telegram group {venue.title or venue.place.chat}"
    try:
        member = await api.ask("getChatMember", chat_id=venue.place.chat, user_id=me)
    except _Failed as error:
        return Finding(Mark.WARN, f"{name}: cannot be looked at ({error}).", "Add the bot again, if it shall be there.")
    if member.get("status") == "restricted" and not member.get("can_send_messages"):
        return Finding(Mark.FAIL, f"{name}: the bot may not write.", "Lift the bot's restriction in the group.")
    missing = [words for right, words in RIGHTS.items() if not member.get(right)]
    if missing:
        fix = f"In the group's administrators, grant it: {', '.join(missing)}. Everything works without, only plainer."
        return Finding(Mark.WARN, f"{name}: the bot lacks rights that it can use.", fix)
    return Finding(Mark.OK, f"{name}: all rights are there.")
