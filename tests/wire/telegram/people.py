"""What people do on the fake platform; each act becomes the update that Telegram would send."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.wire.telegram.chats import Chats
from tests.wire.telegram.doors import Doors
from tests.wire.telegram.files import Files
from tests.wire.telegram.markup import find_entities, utf16
from tests.wire.telegram.polls import Polls
from tests.wire.telegram.reactions import Reactions
from tests.wire.telegram.topics import Topics
from tests.wire.telegram.updates import Updates
from tests.wire.telegram.world import (
    ANONYMOUS_ADMIN,
    CHANNEL_BOT,
    PERMISSIONS,
    TELEGRAM,
    Chat,
    Json,
    Membership,
    Person,
    Press,
    World,
)


@dataclass(slots=True)
class People:
    """Their acts; chats and messages are given as the world's own values."""

    world: World
    updates: Updates
    chats: Chats
    files: Files
    polls: Polls
    topics: Topics
    reactions: Reactions
    doors: Doors
    last_press: int = 0

    def say(
        self,
        person: Person,
        chat: Chat | None,
        text: str,
        *,
        reply_to: int | None = None,
        thread: int | None = None,
        **extra: Any,
    ) -> Json:
        """Write a text; `chat` None is the private chat with the bot. `extra` are fields of the Message."""
        if chat is None:
            person.started = True
            chat = self.world.private_chat(person)
        content: Json = {"from": person.as_user(), "text": text, **extra}
        if "entities" not in content and (found := find_entities(text)):
            content["entities"] = found
        message = self._written(chat, content, thread, reply_to)
        if self._visible(chat, message):
            self.updates.emit("message", message, str(chat.id))
        return message

    def send(
        self,
        person: Person,
        chat: Chat | None,
        content: bytes,
        name: str = "",
        caption: str = "",
        *,
        kind: str = "text/csv",
        reply_to: int | None = None,
        thread: int | None = None,
        says: int | None = None,
        chunked: bool = False,
    ) -> Json:
        """Send a file, or a photo where it has no name; `says` and `chunked` as in Stored."""
        if chat is None:
            person.started = True
            chat = self.world.private_chat(person)
        stored = self.files.add(content, name, kind, "documents" if name else "photos")
        stored.says, stored.chunked = says, chunked
        shown: Json = {"document": stored.as_document()} if name else {"photo": stored.as_photo()}
        words = {"caption": caption} if caption else {}
        message = self._written(chat, {"from": person.as_user(), **shown, **words}, thread, reply_to)
        if self._visible(chat, message):
            self.updates.emit("message", message, str(chat.id))
        return message

    def _written(self, chat: Chat, content: Json, thread: int | None, reply_to: int | None) -> Json:
        """In a topic everything is a reply, if to nothing else then to the message that opened it."""
        thread = thread or chat.topic_of(reply_to)
        kind = next((each for each in ("photo", "document") if each in content), "message")
        if not ("sender_chat" in content or self.world.may(chat, content["from"]["id"], f"can_send_{kind}s")):
            raise ValueError("their app lets them write nothing here")
        if thread and chat.topics[thread].closed and chat.status_of(content["from"]["id"]).status == "member":
            raise ValueError("the topic is closed")
        return self.world.post(chat, content, thread=thread, reply_to=reply_to or thread)

    def _visible(self, chat: Chat, message: Json) -> bool:
        if chat.kind == "private" or not self.world.privacy_mode:
            return True
        membership = self.world.bot_membership(chat)
        if membership.status in ("left", "kicked"):
            return False
        target = message.get("reply_to_message", {})
        answered = target.get("from", {}).get("id") == self.world.bot.id and "forum_topic_created" not in target
        is_command = str(message.get("text", message.get("caption", ""))).startswith("/")
        is_service = not any(key in message for key in ("text", "document", "photo"))
        return membership.status == "administrator" or answered or is_command or is_service

    def say_as_anonymous_admin(self, chat: Chat, text: str, **extra: Any) -> Json:
        """An administrator writes with "remain anonymous" on."""
        ghost = Person(ANONYMOUS_ADMIN, "Group", "GroupAnonymousBot", is_bot=True)
        return self.say(ghost, chat, text, sender_chat=chat.as_chat(), **extra)

    def say_as_channel(self, chat: Chat, channel: Json, text: str) -> Json:
        """Somebody writes in the group in the name of a channel."""
        ghost = Person(CHANNEL_BOT, "Channel", "Channel_Bot", is_bot=True)
        return self.say(ghost, chat, text, sender_chat=channel)

    def forward_from_linked_channel(self, chat: Chat, channel: Json, text: str) -> Json:
        """Telegram forwards a post of the linked channel into the group by itself."""
        telegram = Person(TELEGRAM, "Telegram")
        return self.say(telegram, chat, text, sender_chat=channel, is_automatic_forward=True)

    def whisper(self, person: Person, chat: Chat, text: str) -> Json:
        """An ephemeral command: nobody else sees it, and it has no message id (Bot API 10.2)."""
        chat.last_ephemeral += 1
        message: Json = {
            "message_id": 0,
            "ephemeral_message_id": chat.last_ephemeral,
            "date": int(self.world.now()),
            "chat": chat.as_chat(),
            "from": person.as_user(),
            "text": text,
            "entities": [{"type": "bot_command", "offset": 0, "length": utf16(text.split(maxsplit=1)[0])}],
        }
        chat.private_views[person.id, chat.last_ephemeral] = message
        self.updates.emit("message", message, str(chat.id))
        return message

    def edit(self, chat: Chat, message_id: int, text: str) -> None:
        """Change a text that was written before."""
        message = chat.messages[message_id]
        message |= {"text": text, "edit_date": int(self.world.now())}
        self.updates.emit("edited_message", message, str(chat.id))

    def press(self, person: Person, chat: Chat, message_id: int, button: str | int = 0) -> Press:
        """Press a button by its label, its place in the keyboard (rows run on), or "data:..." for a forged one."""
        message = chat.messages.get(message_id)
        data = self._data(message or {}, button)
        shown: Json = message or {
            "message_id": message_id,
            "date": 0,
            "chat": chat.as_chat(),
        }
        return self._press(person, chat, shown, data)

    def press_private(self, person: Person, chat: Chat, ephemeral_id: int, button: str | int = 0) -> Press:
        """Press a button under a message that only this person sees."""
        message = chat.private_views[person.id, ephemeral_id]
        return self._press(person, chat, message, self._data(message, button))

    def _press(self, person: Person, chat: Chat, message: Json, data: str) -> Press:
        self.last_press += 1
        number = str(4_000_000_000_000_000_000 + self.last_press)
        press = Press(number, person.id, chat.id, message["message_id"], data, self.world.now())
        self.world.presses[number] = press
        query = {
            "id": number,
            "from": person.as_user(),
            "message": {key: value for key, value in message.items() if not key.startswith("_")},
            "chat_instance": str(chat.id),
            "data": data,
        }
        self.updates.emit("callback_query", query, str(person.id))
        return press

    @staticmethod
    def _data(message: Json, button: str | int) -> str:
        if isinstance(button, str) and button.startswith("data:"):
            return button.removeprefix("data:")
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        buttons = [each for row in rows for each in row]
        if isinstance(button, int):
            return str(buttons[button]["callback_data"])
        labels = {each["text"]: each.get("callback_data", "") for each in buttons}
        if button not in labels:
            raise LookupError(f"no button {button!r} among {list(labels)}")
        return str(labels[button])

    def vote(self, person: Person, poll_id: str, options: list[int], **how: Any) -> None:
        """Vote in a poll of the bot; an empty list takes the vote back. See `Polls.vote`."""
        self.polls.vote(person, poll_id, options, **how)

    def forward(self, person: Person, chat: Chat, message_id: int, to: Chat) -> Json:
        """Forward a message; a forwarded poll is the same poll, and takes votes there too."""
        message = chat.messages[message_id]
        origin: Json = {"type": "user", "date": message["date"], "sender_user": message["from"]}
        content: Json = {key: message[key] for key in ("text", "entities", "poll") if key in message}
        forwarded = self.world.post(to, {"from": person.as_user(), "forward_origin": origin, **content})
        if self._visible(to, forwarded):
            self.updates.emit("message", forwarded, str(to.id))
        return forwarded

    def react(
        self, person: Person, chat: Chat, message_id: int, emoji: str | list[str], *, anonymous: bool = False
    ) -> None:
        """Put a reaction under a message, several, or none ("" takes them away). See `Reactions.put`."""
        wanted = [emoji] if isinstance(emoji, str) else emoji
        self.reactions.put(person, chat, message_id, [each for each in wanted if each], anonymous=anonymous)

    def start(self, person: Person, payload: str = "") -> Json:
        """Open the private chat with the bot, by hand or by a deep link."""
        person.blocked = False
        return self.say(person, None, f"/start {payload}".strip())

    def block(self, person: Person) -> None:
        """Block the bot."""
        person.blocked = True
        self._bot_changes(self.world.private_chat(person), person, "member", "kicked")

    def set_bot(
        self,
        chat: Chat,
        by: Person,
        status: str,
        rights: tuple[str, ...] = (),
        *,
        can_send: bool = True,
    ) -> None:
        """Add the bot, promote, restrict or remove it: member, administrator, restricted, left, kicked."""
        before = self.world.bot_membership(chat).status
        was = self.chats.as_member(chat, self.world.bot.id)
        permissions = frozenset(PERMISSIONS if can_send else ())
        chat.members[self.world.bot.id] = Membership(status, frozenset(rights), permissions)
        self._bot_changes(chat, by, before, status, was)

    def _bot_changes(self, chat: Chat, by: Person, before: str, after: str, was: Json | None = None) -> None:
        bot = self.world.bot.as_user()
        now: Json = {"user": bot, "status": after}
        if chat.kind != "private":
            now = self.chats.as_member(chat, self.world.bot.id)
        if after == "kicked":
            now["until_date"] = 0
        change: Json = {
            "chat": chat.as_chat(),
            "from": by.as_user(),
            "date": int(self.world.now()),
            "old_chat_member": was or {"user": bot, "status": before},
            "new_chat_member": now,
        }
        self.updates.emit("my_chat_member", change, str(chat.id))

    def set_member(self, chat: Chat, person: Person, by: Person, status: str) -> None:
        """Somebody joins, leaves, is promoted or thrown out, of which only an administrator hears. See `Doors`."""
        self.doors.change(chat, person.id, by, Membership(status))

    def open_topic(self, chat: Chat, person: Person, name: str) -> int:
        """Open a topic and return its thread id."""
        return self.topics.open(chat, person, name)

    def close_topic(self, chat: Chat, person: Person, topic: int) -> None:
        """Close a topic, as its opener or an administrator may."""
        self.topics.turn(chat, person, topic, closed=True)

    def delete_topic(self, chat: Chat, topic: int) -> None:
        """Delete a topic, as an administrator may."""
        self.topics.remove(chat, topic)

    def migrate(self, chat: Chat, *, signals: tuple[str, ...] = ("old", "new")) -> Chat:
        """Turn a group into a supergroup; `signals` are the service messages that arrive, in that order."""
        new = self.world.add_chat(chat.title, "supergroup", bot=None)
        new.members = dict(chat.members)
        chat.migrated_to = new.id
        for signal in signals:
            here, fields = (
                (chat, {"migrate_to_chat_id": new.id}) if signal == "old" else (new, {"migrate_from_chat_id": chat.id})
            )
            message = self.world.post(here, {"from": self.world.bot.as_user(), **fields})
            self.updates.emit("message", message, str(here.id))
        return new
