"""What the bot does in a group besides speaking: to people, to what they wrote, and to who may write."""

import unicodedata
from datetime import datetime, timedelta
from typing import assert_never

import msgspec
import structlog
from telegram import Bot, ChatPermissions
from telegram.constants import TagLimit

from adapters.telegram.errors import TopicGone, Unreadable
from adapters.telegram.pace import Urgency
from adapters.telegram.sender import Sender
from adapters.telegram.topic import supergroup
from bot.chat.act import (
    Act,
    Admit,
    Announce,
    Ban,
    Decline,
    Gather,
    Leader,
    Lock,
    Menu,
    Mute,
    Pin,
    Remove,
    Roll,
    Tag,
    Unban,
    Unlock,
    Unmute,
    Unpin,
    Whisper,
    Withdraw,
)
from bot.chat.clean import clean_text, graphemes, visible
from bot.chat.errors import Gone, Refused
from bot.chat.places import Place, Role
from bot.ports import Clock

SHORTEST_MUTE = timedelta(seconds=35)
LONGEST_MUTE = timedelta(days=366)
"""Telegram takes what ends within 30 seconds or after 366 days for ever; five seconds are for the way there."""

WRITING = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_manage_topics",
)
"""What a lock takes from everybody: to say something, in whatever form, and to open topics."""

_JOINERS = frozenset("\u200d\ufe0e\ufe0f\u20e3")
"""What makes one emoji of several characters."""

log = structlog.get_logger()


class Acts:
    """The acts of one bot; raises the errors of `bot.chat.errors`."""

    def __init__(self, bot: Bot, sender: Sender, clock: Clock) -> None:
        self._bot = bot
        self._sender = sender
        self._clock = clock

    async def do(self, place: Place, act: Act) -> str:
        """Do it there; gives the permissions from before a lock that changed some."""
        try:
            return await self._done(place, act)
        except TopicGone as gone:
            raise Gone(str(gone)) from None
        except Unreadable as refusal:
            raise Refused(str(refusal)) from None

    async def _done(self, place: Place, act: Act) -> str:
        match act:
            case Lock():
                return await self._lock(place, act)
            case Unlock():
                await self._unlock(place, act)
            case Pin() | Unpin() | Remove():
                await self._to_message(act)
            case Whisper() | Menu():
                raise Refused("what is said and shown is not done here")
            case Announce() | Withdraw() | Gather():
                raise Refused("groups have neither events nor voice channels")
            case Roll():
                return await self._roll(int(place.chat))
            case _:
                await self._to_person(int(place.chat), act)
        return ""

    async def _roll(self, chat: int) -> str:
        """Administrators whose names are known; in what order they stand is asked when it matters."""
        told = await self._sender.ask(lambda: self._bot.get_chat_administrators(chat))
        people = [mate.user for mate in told if not (mate.user.is_bot or getattr(mate, "is_anonymous", False))]
        leaders = [Leader(str(user.id), user.full_name, user.username or "", Role.ORGANISER) for user in people]
        return msgspec.json.encode(leaders).decode()

    async def _to_person(self, chat: int, act: Mute | Unmute | Ban | Unban | Admit | Decline | Tag) -> None:
        bot, do, user = self._bot, self._sender.do, int(act.account.id)
        match act:
            case Mute():
                _check_supergroup(chat, act)
                nothing = ChatPermissions.no_permissions()
                await do(lambda: bot.restrict_chat_member(chat, user, nothing, until_date=self._until(act)))
            case Unmute():
                # Everything that may be allowed: so Telegram lifts the restriction, and what the group allows holds.
                _check_supergroup(chat, act)
                everything = ChatPermissions.all_permissions()
                await do(lambda: bot.restrict_chat_member(chat, user, everything))
            case Ban():
                await do(lambda: bot.ban_chat_member(chat, user))
            case Unban():
                _check_supergroup(chat, act)
                await do(lambda: bot.unban_chat_member(chat, user, only_if_banned=True))
            case Admit():
                await do(lambda: bot.approve_chat_join_request(chat, user), ends=True)
            case Decline():
                await do(lambda: bot.decline_chat_join_request(chat, user), ends=True)
            case Tag():
                words = tag(act.words)
                await do(lambda: bot.set_chat_member_tag(chat, user, words))
            case _:
                assert_never(act)

    async def _to_message(self, act: Pin | Unpin | Remove) -> None:
        bot, chat, number = self._bot, int(act.ref.place.chat), int(act.ref.message)
        match act:
            case Pin():
                quiet = not act.loud
                await self._sender.do(lambda: bot.pin_chat_message(chat, number, disable_notification=quiet))
            case Unpin():
                await self._sender.do(lambda: bot.unpin_chat_message(chat, number))
            case Remove():
                await self._sender.do(lambda: bot.delete_message(chat, number), ends=True)
            case _:
                assert_never(act)

    async def _lock(self, place: Place, act: Lock) -> str:
        chat, topic = int(place.chat), 0 if act.whole else int(place.thread or 0)
        if topic:
            await self._sender.change(chat, Urgency.ANSWER, lambda: self._bot.close_forum_topic(chat, topic))
            return ""
        now = await self._permissions(chat)
        allowed = [name for name in WRITING if now.get(name)]
        if not allowed:
            return ""
        await self._permit(chat, now | dict.fromkeys(WRITING, False))
        return msgspec.json.encode(allowed).decode()

    async def _unlock(self, place: Place, act: Unlock) -> None:
        chat, topic = int(place.chat), 0 if act.whole else int(place.thread or 0)
        if topic:
            await self._sender.change(chat, Urgency.ANSWER, lambda: self._bot.reopen_forum_topic(chat, topic))
            return
        now = await self._permissions(chat)
        await self._permit(chat, now | dict.fromkeys(_allowed(act.before), True))

    async def _permissions(self, chat: int) -> dict[str, bool]:
        """What members may do in the group."""
        told = await self._sender.ask(lambda: self._bot.get_chat(chat))
        if told.permissions is None:
            raise Refused("no permissions are told")
        return told.permissions.to_dict()

    async def _permit(self, chat: int, wanted: dict[str, bool]) -> None:
        permissions = ChatPermissions.de_json(wanted)
        await self._sender.change(
            chat,
            Urgency.ANSWER,
            lambda: self._bot.set_chat_permissions(chat, permissions, use_independent_chat_permissions=True),
        )

    def _until(self, act: Mute) -> datetime | None:
        """When it ends, as Telegram takes it; read anew for each try, for time goes on meanwhile."""
        if act.until is None:
            return None
        now = self._clock()
        return None if act.until - now > LONGEST_MUTE else max(act.until, now + SHORTEST_MUTE)


def tag(words: str) -> str:
    """The words as Telegram takes them: at most 16 characters, and none of them an emoji; raises Refused."""
    plain = "".join(char for char in clean_text(words) if not _is_emoji(char))
    shown = ""
    for grapheme in graphemes(" ".join(plain.split())):
        if len(shown + grapheme) > TagLimit.MAX_TAG_LENGTH:
            break
        shown += grapheme
    if words and not visible(shown):
        raise Refused("nothing is left of the tag")
    return shown.strip()


def _is_emoji(char: str) -> bool:
    return char in _JOINERS or unicodedata.category(char) == "So" or "\U0001f000" <= char <= "\U0001faff"


def _allowed(before: str) -> tuple[str, ...]:
    """What a lock took away; where that is not known, everybody may say everything again."""
    try:
        names = msgspec.json.decode(before or "[]", type=list[str])
    except msgspec.DecodeError:
        names = []
    return tuple(name for name in WRITING if name in names) or WRITING[:-1]


def _check_supergroup(chat: int, act: Act) -> None:
    """In a basic group Telegram keeps nobody quiet and nobody out."""
    if not supergroup(chat):
        log.warning("basic_group", act=type(act).__name__)
        raise Refused("only in supergroups")
