"""Who comes into a group and who goes; each becomes the updates and the service messages that Telegram would send."""

from __future__ import annotations

from dataclasses import dataclass

from tests.wire.telegram.chats import Chats
from tests.wire.telegram.updates import Updates
from tests.wire.telegram.world import ALL_RIGHTS, Chat, Json, Membership, Person, World

REACHABLE = 5 * 60.0
"""Seconds in which the bot may write to whoever asked to join."""


@dataclass(slots=True)
class Doors:
    """What people do at a group's doors; who may not come in raises ValueError, as their app would show them."""

    world: World
    chats: Chats
    updates: Updates

    def join(self, person: Person, chat: Chat) -> None:
        """Come in by a link; who was restricted before still is."""
        self.add(person, chat, person)

    def add(self, by: Person, chat: Chat, *people: Person) -> None:
        """Bring people in, all with one service message."""
        for person in people:
            was = self.world.membership(chat, person.id)
            if was.status == "kicked" or was.is_here:
                raise ValueError(f"{person.first_name} cannot come in: {was.status}")
            now = Membership("member", tag=was.tag)
            if was.status == "restricted":
                now = Membership("restricted", permissions=was.permissions, until=was.until, tag=was.tag)
            chat.knocks.pop(person.id, None)
            self.change(chat, person.id, by, now)
        self._serve(chat, by, {"new_chat_members": [person.as_user() for person in people]})

    def leave(self, person: Person, chat: Chat) -> None:
        """Go, of one's own accord."""
        self.put_out(chat, person, person, "left")

    def put_out(self, chat: Chat, person: Person, by: Person, status: str) -> None:
        """Somebody is gone: left or kicked."""
        was = self.world.membership(chat, person.id)
        now = Membership(status)
        if status == "left" and was.status == "restricted":
            now = Membership("restricted", permissions=was.permissions, until=was.until, is_member=False)
        self.change(chat, person.id, by, now)
        if was.is_here:
            self._serve(chat, by, {"left_chat_member": person.as_user()})

    def knock(self, person: Person, chat: Chat) -> None:
        """Ask to be let in; the bot hears of it with the right to invite."""
        if self.world.membership(chat, person.id).is_here or chat.kind == "private":
            raise ValueError(f"{person.first_name} is in there")
        chat.knocks[person.id] = now = self.world.now()
        bot = self.world.bot_membership(chat)
        if bot.status == "administrator" and "can_invite_users" in bot.rights:
            person.reachable_until = now + REACHABLE
            request: Json = {
                "chat": chat.as_chat(),
                "from": person.as_user(),
                "user_chat_id": person.id,
                "date": int(now),
            }
            self.updates.emit("chat_join_request", request, str(chat.id))

    def promote(self, by: Person, chat: Chat, person: Person, rights: tuple[str, ...] = ALL_RIGHTS) -> None:
        """Make somebody an administrator."""
        self.change(chat, person.id, by, Membership("administrator", frozenset(rights)))

    def demote(self, by: Person, chat: Chat, person: Person) -> None:
        """Make an administrator a member again."""
        self.change(chat, person.id, by, Membership("member"))

    def change(self, chat: Chat, person: int, by: Person, now: Membership) -> None:
        """Somebody's membership becomes this; a bot that is an administrator hears of it."""
        old = self.chats.as_member(chat, person)
        chat.members[person] = now
        if self.world.bot_membership(chat).status != "administrator":
            return
        told: Json = {
            "chat": chat.as_chat(),
            "from": by.as_user(),
            "date": int(self.world.now()),
            "old_chat_member": old,
            "new_chat_member": self.chats.as_member(chat, person),
        }
        self.updates.emit("chat_member", told, str(chat.id))

    def _serve(self, chat: Chat, by: Person, what: Json) -> None:
        """A service message, which every bot in the group is shown."""
        message = self.world.post(chat, {"from": by.as_user(), **what})
        if self.world.bot_membership(chat).is_here:
            self.updates.emit("message", message, str(chat.id))
