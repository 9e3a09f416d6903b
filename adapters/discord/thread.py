"""Cards with a thread of their own: below a message in a text channel, or as a post in a forum."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import structlog

from adapters.discord.attach import POST
from adapters.discord.errors import BadForm, Opened
from adapters.discord.guild import FORUM, REQUIRE_TAG, THREADS, Room
from adapters.discord.inbound import channel_of
from adapters.discord.render import words_only
from adapters.discord.sender import Sender, hushed
from adapters.discord.wire import SILENT, Payload
from adapters.memory import Memory
from bot.chat.clean import clean_text
from bot.chat.errors import Ambiguous, Gone, PlatformError, Refused, SlowDown
from bot.chat.fit import shorten
from bot.chat.message import Thread
from bot.chat.places import Place, Ref

LONGEST_NAME = 100
MOST_TAGS = 5
"""Discord's limits for the name of a thread, and for the tags of a post."""

QUIET = 4320
"""Minutes without a word after which a thread leaves the list of channels; Discord knows 60, 1440, 4320, 10080."""

MOST_HOMES = 10_000
MOST_WAITING = 1_000
"""Channels whose kind is remembered, and cards that stand while their thread is still to be opened."""

CHANNEL = "/channels/{channel_id}"
MESSAGE = f"{CHANNEL}/messages/{{message_id}}"
BELOW = "/messages/{message_id}/threads"

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Home:
    """The channel that holds the cards of a place, and whether it is a forum, where each card is a post."""

    channel: str
    is_forum: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """The channel in which a card really stands, and the thread that was opened for it, None if it is gone."""

    channel: str
    home: Home
    room: Room | None


class Threads:
    """Opens, renames, archives and reopens threads. Whoever opens a thread may do so without a further right."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender
        self._homes: Memory[str, Home] = Memory(MOST_HOMES)
        self._waiting: Memory[str, str] = Memory(MOST_WAITING)

    async def post(self, place: Place, thread: Thread, pages: Sequence[Payload], key: str, *, silent: bool) -> Ref:
        """Post a card and open its thread; the same key gives neither a second time."""
        home = await self._home(channel_of(place))
        if home.is_forum:
            opened = message = await self._post_in(home, place.chat, thread, pages, key, silent=silent)
        else:
            message = self._waiting.get(key) or await self._sender.post_pages(home.channel, pages, key, silent=silent)
            # Discord forgets a nonce within minutes, so a card whose thread is not open yet is remembered here.
            self._waiting.put(key, message)
            opened = await self._open(home.channel, message, thread)
        if opened and thread.closed:
            await self._close(opened)
        self._waiting.drop(key)
        return Ref(place, message, opened=opened)

    async def channel(self, ref: Ref) -> str:
        """The channel in which a card of ours stands."""
        home = await self._home(channel_of(ref.place))
        return ref.opened if home.is_forum and ref.opened else home.channel

    async def find(self, ref: Ref) -> Standing:
        """Where a card stands, so that it can be edited there: a post that was archived is opened for that."""
        home = await self._home(channel_of(ref.place))
        room = await self._room(ref.opened) if ref.opened else None
        if home.is_forum and room and room.archived:
            room = await self._ask("PATCH", room.id, {"archived": False})
        return Standing(room.id if home.is_forum and room else await self.channel(ref), home, room)

    async def settle(self, standing: Standing, thread: Thread) -> None:
        """Bring a card's thread into the wanted state, changing only what differs.

        A name may be changed twice in ten minutes; SlowDown is raised for that after everything else was done.
        """
        room, slow = standing.room, None
        if room is None:
            return
        archived, looks = room.archived, await self._looks(standing.home, room, thread)
        if looks:
            try:
                # Nothing of an archived thread can be changed.
                await self._change(room.id, looks | ({"archived": False} if archived else {}))
                archived = False
            except SlowDown as error:
                slow = error
        if archived is not thread.closed:
            await self._change(room.id, {"archived": thread.closed})
        if slow:
            raise slow

    async def _home(self, channel: str) -> Home:
        """The channel itself; for a thread or a post that in which it is."""
        home = self._homes.get(channel)
        if home is None:
            found = await self._ask("GET", channel)
            if found.type in THREADS and found.parent_id:
                found = await self._ask("GET", found.parent_id)
            home = Home(found.id, found.type == FORUM)
            self._homes.put(channel, home)
        return home

    async def _open(self, channel: str, message: str, thread: Thread) -> str:
        """Open the thread below a message, which gets its number; "" where none can be opened."""
        body = {"name": name_of(thread), "auto_archive_duration": QUIET}
        try:
            try:
                await self._ask("POST", channel, body, BELOW, message_id=message)
            except Ambiguous:
                await self._ask("POST", channel, body, BELOW, message_id=message)
        except Opened:
            log.info("thread_opened_before")
        except (Refused, Gone) as error:
            log.warning("no_thread", place=channel, error=repr(error))
            return ""
        return message

    async def _post_in(
        self, home: Home, guild: str, thread: Thread, pages: Sequence[Payload], key: str, *, silent: bool
    ) -> str:
        """The post with this name, made if it does not stand already: Discord takes no nonce for a post."""
        post = await self._standing(guild, home, name_of(thread))
        if post is None:
            forum = await self._ask("GET", home.channel)
            post = await self._create(forum, thread, hushed(pages[0], silent=silent))
        await self._sender.post_pages(post, pages[1:], key, silent=silent, first=1)
        return post

    async def _standing(self, guild: str, home: Home, name: str) -> str | None:
        """A post of ours that a lost reply has left behind; one whose card was deleted is none."""
        path = "/guilds/{guild_id}/threads/active"
        for room in _rooms(await self._sender.ask("GET", path, guild_id=guild)):
            if (room.owner_id, room.parent_id, room.name) == (self._sender.me, home.channel, name):
                try:
                    await self._sender.ask("GET", MESSAGE, channel_id=room.id, message_id=room.id)
                except Gone:
                    continue
                return room.id
        return None

    async def _create(self, forum: Room, thread: Thread, page: Payload) -> str:
        body = {
            "name": name_of(thread),
            "auto_archive_duration": QUIET,
            "applied_tags": tags(forum, thread.tags),
            POST: page,
        }
        try:
            return (await self._ask("POST", forum.id, body, "/threads")).id
        except BadForm:
            log.exception("page_degraded", place=forum.id)
            plain = words_only(page) | {"flags": page["flags"] & SILENT}
            return (await self._ask("POST", forum.id, body | {POST: plain}, "/threads")).id

    async def _close(self, thread: str) -> None:
        """Archive a new thread. A post could not be found again then, so it must not be tried anew."""
        try:
            await self._change(thread, {"archived": True})
        except PlatformError as error:
            log.warning("thread_left_open", thread=thread, error=repr(error))

    async def _looks(self, home: Home, room: Room, thread: Thread) -> Payload:
        """What of the thread's name and tags is to be changed."""
        looks: Payload = {} if room.name == name_of(thread) else {"name": name_of(thread)}
        if home.is_forum and (thread.tags or room.applied_tags):
            wanted = tags(await self._ask("GET", home.channel), thread.tags, room.applied_tags)
            looks |= {} if set(wanted) == set(room.applied_tags) else {"applied_tags": wanted}
        return looks

    async def _change(self, thread: str, change: Payload) -> None:
        """Change a thread; one that is gone, or that a moderator has locked, is left."""
        try:
            await self._ask("PATCH", thread, change)
        except (Gone, Refused) as error:
            log.info("thread_left", thread=thread, error=repr(error))

    async def _room(self, thread: str) -> Room | None:
        try:
            return await self._ask("GET", thread)
        except Gone:
            return None

    async def _ask(self, method: str, channel: str, body: Payload | None = None, below: str = "", **ids: str) -> Room:
        """A call about a channel that is answered with one."""
        return _read(await self._sender.ask(method, CHANNEL + below, body, channel_id=channel, **ids))


def name_of(thread: Thread) -> str:
    """The title as Discord takes it."""
    return shorten(" ".join(clean_text(thread.title).split()), LONGEST_NAME) or "…"


def tags(forum: Room, wanted: Sequence[str], applied: Sequence[str] = ()) -> list[str]:
    """The forum's tags of these names, besides those that only moderators put on; any one where a post needs one."""
    names = {name.casefold() for name in wanted}
    theirs = [tag.id for tag in forum.available_tags if tag.moderated and tag.id in applied]
    ours = [tag.id for tag in forum.available_tags if not tag.moderated and tag.name.casefold() in names]
    chosen = [*theirs, *ours][:MOST_TAGS]
    if chosen or not forum.flags & REQUIRE_TAG:
        return chosen
    rest = sorted(forum.available_tags, key=lambda tag: (tag.id not in applied, tag.moderated))
    return [tag.id for tag in rest[:1]]


def _rooms(answer: object) -> tuple[Room, ...]:
    listed = answer.get("threads") if isinstance(answer, Mapping) else None
    if not isinstance(listed, list):
        raise Ambiguous("no threads came back")
    return tuple(_read(room) for room in listed)


def _read(answer: Any) -> Room:
    try:
        return msgspec.convert(answer, Room)
    except msgspec.ValidationError as error:
        raise Ambiguous(str(error)) from None
