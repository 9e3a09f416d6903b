"""Forum topics on the fake platform: opened, closed and deleted by the bot and by people."""

from __future__ import annotations

from dataclasses import dataclass

from tests.wire.telegram.errors import bad_request
from tests.wire.telegram.messages import Messages
from tests.wire.telegram.updates import Updates
from tests.wire.telegram.world import Chat, Json, Person, Topic, World

LONGEST_NAME = 128


@dataclass(slots=True)
class Topics:
    """The methods about topics, and what people do with them."""

    world: World
    messages: Messages
    updates: Updates

    def create(self, call: Json) -> Json:
        """createForumTopic."""
        chat = self._forum(call)
        if "can_manage_topics" not in self.world.bot_membership(chat).rights:
            raise bad_request("not enough rights to create a topic")
        opening: Json = {"name": _name(call), "icon_color": call.get("icon_color", 7322096)}
        return {"message_thread_id": self._add(chat, self.world.bot, opening)["message_id"], **opening}

    def edit(self, call: Json) -> bool:
        """editForumTopic."""
        _, topic = self._ours(call)
        if "name" in call:
            topic.name = _name(call)
        return True

    def close(self, call: Json) -> bool:
        """closeForumTopic."""
        return self._turn(call, closed=True)

    def reopen(self, call: Json) -> bool:
        """reopenForumTopic."""
        return self._turn(call, closed=False)

    def delete(self, call: Json) -> bool:
        """deleteForumTopic, with everything that was said in it."""
        chat, _ = self._ours(call)
        self.remove(chat, call["message_thread_id"])
        return True

    def open(self, chat: Chat, person: Person, name: str) -> int:
        """Somebody opens a topic."""
        message = self._add(chat, person, {"name": name, "icon_color": 7322096})
        self.updates.emit("message", message, str(chat.id))
        number: int = message["message_id"]
        return number

    def turn(self, chat: Chat, person: Person, number: int, *, closed: bool) -> None:
        """Somebody closes a topic or opens it again."""
        self.updates.emit("message", self._turned(chat, person, number, closed=closed), str(chat.id))

    def remove(self, chat: Chat, number: int) -> None:
        """A topic is deleted, which nobody is told of."""
        chat.topics[number].deleted = True
        chat.messages = {key: each for key, each in chat.messages.items() if each.get("message_thread_id") != number}

    def _add(self, chat: Chat, person: Person, opening: Json) -> Json:
        message = self.world.post(chat, {"from": person.as_user(), "forum_topic_created": opening})
        number: int = message["message_id"]
        message |= {"message_thread_id": number, "is_topic_message": True}
        chat.topics[number] = Topic(opening["name"], person.id)
        return message

    def _turn(self, call: Json, *, closed: bool) -> bool:
        chat, topic = self._ours(call)
        if topic.closed is closed:
            raise bad_request("TOPIC_NOT_MODIFIED")
        self._turned(chat, self.world.bot, call["message_thread_id"], closed=closed)
        return True

    def _turned(self, chat: Chat, person: Person, number: int, *, closed: bool) -> Json:
        chat.topics[number].closed = closed
        what = "forum_topic_closed" if closed else "forum_topic_reopened"
        return self.world.post(chat, {"from": person.as_user(), what: {}}, thread=number)

    def _forum(self, call: Json) -> Chat:
        chat = self.messages.find_chat(call)
        if not chat.forum:
            raise bad_request("the chat is not a forum")
        return chat

    def _ours(self, call: Json) -> tuple[Chat, Topic]:
        """The topic, if it exists and the bot opened it or has the right; it must be an administrator anyway."""
        chat = self._forum(call)
        topic, membership = chat.topics.get(call["message_thread_id"]), self.world.bot_membership(chat)
        if topic is None or topic.deleted:
            raise bad_request("TOPIC_ID_INVALID")
        may = topic.creator == self.world.bot.id or "can_manage_topics" in membership.rights
        if membership.status != "administrator" or not may:
            raise bad_request("not enough rights to edit the topic")
        return chat, topic


def _name(call: Json) -> str:
    name = str(call["name"]).strip()
    if not 1 <= len(name) <= LONGEST_NAME:
        raise bad_request("TOPIC_TITLE_EMPTY")
    return name
