"""What sending, editing, deleting and pressing do on the fake platform, with Telegram's own refusals."""

from __future__ import annotations

from dataclasses import dataclass

from tests.wire.telegram import markup
from tests.wire.telegram.errors import bad_request, forbidden
from tests.wire.telegram.files import Files
from tests.wire.telegram.keyboard import check_keyboard
from tests.wire.telegram.world import Chat, Json, World

EPHEMERAL_WINDOW = 15.0
MIGRATED = "group chat was upgraded to a supergroup chat"


@dataclass(slots=True)
class Messages:
    """The message methods; each takes the decoded call and returns the result of the answer."""

    world: World
    files: Files

    def find_chat(self, call: Json) -> Chat:
        """The chat that the call names; raises what Telegram answers when the bot cannot write there."""
        chat = self.world.chats.get(call["chat_id"])
        person = self.world.people.get(call["chat_id"])
        if person is not None:
            if person.deactivated:
                raise forbidden("user is deactivated")
            if person.blocked:
                raise forbidden("bot was blocked by the user")
            if not person.started and self.world.now() >= person.reachable_until:
                raise forbidden("bot can't initiate conversation with a user")
            return self.world.private_chat(person)
        if chat is None:
            raise bad_request("chat not found")
        if chat.migrated_to is not None:
            raise bad_request(MIGRATED, migrate_to_chat_id=chat.migrated_to)
        membership = self.world.bot_membership(chat)
        if membership.status == "kicked":
            raise forbidden(f"bot was kicked from the {chat.kind} chat")
        if membership.status == "left":
            raise forbidden(f"bot is not a member of the {chat.kind} chat")
        return chat

    def send_message(self, call: Json) -> Json:
        """sendMessage."""
        text, entities = markup.read_styled(call, "text", markup.TEXT_LIMIT)
        content: Json = {"text": text}
        if entities:
            content["entities"] = entities
        return self.post(call, content)

    def send_photo(self, call: Json) -> Json:
        """sendPhoto with an uploaded picture."""
        return self.post(call, {**self.files.photo(self.files.uploaded(call, call["photo"])), **_caption(call)})

    def send_document(self, call: Json) -> Json:
        """sendDocument with an uploaded file."""
        return self.post(call, {**self.files.document(self.files.uploaded(call, call["document"])), **_caption(call)})

    def post(self, call: Json, content: Json) -> Json:
        """Put that content where the call says, and return it as a message."""
        chat = self.find_chat(call)
        membership = self.world.bot_membership(chat)
        if membership.status == "restricted" and not membership.can_send:
            raise bad_request("not enough rights to send text messages to the chat")
        thread, reply_to = self._thread(chat, call), self._reply(chat, call)
        if keyboard := call.get("reply_markup"):
            check_keyboard(keyboard)
            content["reply_markup"] = keyboard
        content["from"] = self.world.bot.as_user()
        if receiver := self._receiver(chat, call):
            return self._show_privately(chat, receiver, content)
        if reply_to and thread is None:
            thread = chat.topic_of(reply_to)
        message = self.world.post(chat, content, thread=thread, reply_to=reply_to)
        if call.get("disable_notification"):
            chat.messages[message["message_id"]]["_silent"] = True
        return _shown(message)

    def _thread(self, chat: Chat, call: Json) -> int | None:
        thread: int | None = call.get("message_thread_id")
        if thread is None:
            return None
        if not chat.forum:
            raise bad_request("message thread not found")
        topic = chat.topics.get(thread)
        if topic is None:  # the General topic's 1 is never accepted either
            raise bad_request("message thread not found")
        if topic.deleted:
            raise bad_request("TOPIC_DELETED")
        if topic.closed and "can_manage_topics" not in self.world.bot_membership(chat).rights:
            raise bad_request("TOPIC_CLOSED")
        return thread

    def _reply(self, chat: Chat, call: Json) -> int | None:
        reply = call.get("reply_parameters")
        if not reply or "message_id" not in reply:
            return None
        if reply["message_id"] in chat.messages:
            target: int = reply["message_id"]
            return target
        if reply.get("allow_sending_without_reply"):
            return None
        raise bad_request("message to be replied not found")

    def _receiver(self, chat: Chat, call: Json) -> int | None:
        if ephemeral := (call.get("reply_parameters") or {}).get("ephemeral_message_id"):
            for (receiver, number), shown in chat.private_views.items():
                if number == ephemeral:
                    if self.world.now() - shown["date"] > EPHEMERAL_WINDOW:
                        raise bad_request("ephemeral message is too old")
                    return receiver
            raise bad_request("ephemeral message not found")
        asked = call.get("ephemeral_message_parameters")
        if not asked:
            return None
        if chat.kind not in ("group", "supergroup"):
            raise bad_request("ephemeral messages can be sent only to groups and supergroups")
        if self.world.bot_membership(chat).status != "administrator":
            press = self.world.presses.get(asked.get("callback_query_id", ""))
            if press is None or self.world.now() - press.at > EPHEMERAL_WINDOW:
                raise bad_request("not enough rights to send ephemeral messages")
        receiver = asked["receiver_user_id"]
        assert isinstance(receiver, int)
        return receiver

    def _show_privately(self, chat: Chat, receiver: int, content: Json) -> Json:
        chat.last_ephemeral += 1
        message: Json = {
            "message_id": 0,
            "ephemeral_message_id": chat.last_ephemeral,
            "date": int(self.world.now()),
            "chat": chat.as_chat(),
            **content,
        }
        chat.private_views[receiver, chat.last_ephemeral] = message
        return message

    def _own(self, call: Json) -> tuple[Chat, Json]:
        chat = self.find_chat(call)
        message = chat.messages.get(call.get("message_id", 0))
        if message is None:
            raise bad_request("message to edit not found")
        if message.get("from", {}).get("id") != self.world.bot.id:
            raise bad_request("message can't be edited")
        return chat, message

    def edit_text(self, call: Json) -> Json:
        """editMessageText."""
        _, message = self._own(call)
        if "text" not in message:
            raise bad_request("there is no text in the message to edit")
        text, entities = markup.read_styled(call, "text", markup.TEXT_LIMIT)
        return self._change(message, call, {"text": text, "entities": entities or None})

    def edit_caption(self, call: Json) -> Json:
        """editMessageCaption."""
        _, message = self._own(call)
        changed = _caption(call)
        return self._change(
            message,
            call,
            {
                "caption": changed.get("caption"),
                "caption_entities": changed.get("caption_entities"),
            },
        )

    def edit_media(self, call: Json) -> Json:
        """editMessageMedia, of a file or (adding one) of a text."""
        _, message = self._own(call)
        media = call["media"]
        make = {"photo": self.files.photo, "document": self.files.document}.get(media["type"])
        if make is None or "poll" in message:
            raise bad_request("message can't be edited")
        shown = make(self.files.uploaded(call, media["media"]))
        gone = dict.fromkeys(("text", "entities", "photo", "document", "caption", "caption_entities"))
        return self._change(message, call, {**gone, **shown, **_caption(media)})

    def edit_keyboard(self, call: Json) -> Json:
        """editMessageReplyMarkup."""
        _, message = self._own(call)
        return self._change(message, call, {})

    def _change(self, message: Json, call: Json, changes: Json) -> Json:
        keyboard = call.get("reply_markup")
        if keyboard:
            check_keyboard(keyboard)
        changes["reply_markup"] = keyboard if keyboard and keyboard.get("inline_keyboard") else None
        if all(message.get(key) == value for key, value in changes.items()):
            raise bad_request(
                "message is not modified: specified new message content and reply markup are exactly the same "
                "as a current content and reply markup of the message"
            )
        for key, value in changes.items():
            if value is None:
                message.pop(key, None)
            else:
                message[key] = value
        message["edit_date"] = int(self.world.now())
        message["_edits"] = message.get("_edits", 0) + 1
        return _shown(message)

    def edit_private(self, call: Json) -> bool:
        """editEphemeralMessageText and editEphemeralMessageReplyMarkup."""
        chat, key = self._private(call)
        message = chat.private_views[key]
        if "text" in call:
            text, entities = markup.read_styled(call, "text", markup.TEXT_LIMIT)
            message |= {"text": text, "entities": entities}
        message["reply_markup"] = call.get("reply_markup")
        return True

    def delete_private(self, call: Json) -> bool:
        """deleteEphemeralMessage."""
        chat, key = self._private(call)
        del chat.private_views[key]
        return True

    def _private(self, call: Json) -> tuple[Chat, tuple[int, int]]:
        chat = self.find_chat(call)
        key = (call["receiver_user_id"], call["ephemeral_message_id"])
        if key not in chat.private_views:
            raise bad_request("message to edit not found")
        return chat, key

    def forward(self, call: Json) -> Json:
        """forwardMessage and copyMessage, as a plain new message."""
        source = self.world.chats.get(call["from_chat_id"])
        message = source.messages.get(call["message_id"]) if source else None
        if message is None:
            raise bad_request("message to forward not found")
        return self.post(
            call,
            {key: message[key] for key in ("text", "entities", "poll") if key in message},
        )


def _caption(call: Json) -> Json:
    if "caption" not in call:
        return {}
    text, entities = markup.read_styled(call, "caption", markup.CAPTION_LIMIT)
    return {"caption": text, **({"caption_entities": entities} if entities else {})}


def _shown(message: Json) -> Json:
    """The message as it is answered with: of all markups it shows only an inline keyboard."""
    hidden = {key for key in message if key.startswith("_")}
    if "inline_keyboard" not in message.get("reply_markup", {}):
        hidden.add("reply_markup")
    return {key: value for key, value in message.items() if key not in hidden}
