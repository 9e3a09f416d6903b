"""discord.py's gateway client, lean: it keeps no guilds, members or messages, and no event can end it."""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any

import discord
import structlog
from discord.state import AutoShardedConnectionState

from adapters.discord.wire import Payload

MOST_IDENTIFIES = 10
"""New sessions an hour. Discord resets the token of a bot that starts 1,000 a day."""

HOUR = 3600.0

HEARD = (
    "CHANNEL_DELETE",
    "GUILD_CREATE",
    "GUILD_DELETE",
    "GUILD_MEMBER_ADD",
    "GUILD_SCHEDULED_EVENT_DELETE",
    "GUILD_SCHEDULED_EVENT_UPDATE",
    "GUILD_UPDATE",
    "INTERACTION_CREATE",
    "MESSAGE_CREATE",
    "MESSAGE_DELETE",
    "MESSAGE_DELETE_BULK",
    "MESSAGE_REACTION_ADD",
    "MESSAGE_REACTION_REMOVE",
    "THREAD_DELETE",
    "VOICE_STATE_UPDATE",
)
"""The events that are handed over; discord.py keeps no state for any of them."""

log = structlog.get_logger()

# Voice is not used; without this discord.py warns about its libraries at every start.
discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False

Hear = Callable[[str, Payload], None]


class Budget:
    """How often a session may still be started; one for the process, so that new clients share it."""

    def __init__(self, most: int = MOST_IDENTIFIES, seconds: float = HOUR) -> None:
        self._most = most
        self._seconds = seconds
        self._taken: deque[float] = deque()

    async def take(self, shards: int = 1) -> None:
        """Wait until a session may be started; many shards need a session each."""
        loop = asyncio.get_running_loop()
        while self._taken and self._taken[0] <= loop.time() - self._seconds:
            self._taken.popleft()
        if len(self._taken) >= max(self._most, 3 * (shards - 1)):
            wait = self._taken[0] + self._seconds - loop.time()
            log.error("identify_budget_used", seconds=round(wait))
            await asyncio.sleep(wait)
            return await self.take(shards)
        self._taken.append(loop.time())
        return None


class LeanState(AutoShardedConnectionState[Any]):
    """Hands events over as they came; discord.py would build objects that the bot has no use for."""

    hear: Hear

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.parsers = {name: self._handing_over(name) for name in HEARD} | {
            "READY": self._ready,
            "RESUMED": lambda _: self.hear("RESUMED", {}),
        }

    def _handing_over(self, name: str) -> Callable[[Payload], None]:
        def parse(data: Payload) -> None:
            self.hear(name, data)

        return parse

    def _ready(self, data: Payload) -> None:
        self.hear("READY", data)


class LeanClient(discord.AutoShardedClient):
    """Connects, resumes and shards as discord.py does; every event goes to `hear` as its name and its JSON.

    No privileged intent is needed: what people say to the bot comes by commands, buttons, mentions and in private. With
    `words` what they say among themselves brings its words along (the intent Message Content), and with `entries` it is
    told who comes into a guild (the intent Server Members); without, nobody is told of.
    """

    def __init__(
        self, hear: Hear, budget: Budget, *, words: bool = False, entries: bool = False, **options: Any
    ) -> None:
        self._budget = budget
        self._hear = hear
        intents = discord.Intents(guilds=True, guild_messages=True, guild_reactions=True, dm_messages=True)
        intents.guild_scheduled_events = intents.voice_states = True
        intents.message_content, intents.members = words, entries
        super().__init__(
            intents=intents,
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            allowed_mentions=discord.AllowedMentions.none(),
            **options,
        )

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Discord's pace between sessions, and our own budget."""
        await super().before_identify_hook(shard_id, initial=initial)
        await self._budget.take(self.shard_count or 1)

    def _get_state(self, **options: Any) -> LeanState:
        state = LeanState(dispatch=self.dispatch, handlers=self._handlers, hooks=self._hooks, http=self.http, **options)
        state.hear = self._safely
        return state

    def _safely(self, name: str, data: Payload) -> None:
        """A broken event is set aside: an exception here would end the connection."""
        try:
            self._hear(name, data)
        except Exception:
            log.exception("event_broken", event_name=name)
