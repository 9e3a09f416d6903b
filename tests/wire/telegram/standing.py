"""What happens to messages that stand: deleting, pinning, and answering presses."""

from __future__ import annotations

from dataclasses import dataclass

from tests.wire.telegram.errors import bad_request
from tests.wire.telegram.messages import Messages
from tests.wire.telegram.updates import Updates
from tests.wire.telegram.world import Chat, Json, World

TWO_DAYS = 48 * 3600.0
PRESS_LIFE = 15 * 60.0  # how long an answer to a press is taken; Telegram names no number


@dataclass(slots=True)
class Standing:
    """The methods about messages that stand already."""

    world: World
    messages: Messages
    updates: Updates

    def delete(self, call: Json) -> bool:
        """deleteMessage: own ones, or as administrator any; nothing older than 48 hours."""
        self._delete_one(self.messages.find_chat(call), call["message_id"])
        return True

    def delete_several(self, call: Json) -> bool:
        """deleteMessages: 1 to 100, missing ones are skipped."""
        chat = self.messages.find_chat(call)
        if not 1 <= len(call["message_ids"]) <= 100:
            raise bad_request("there are too many messages to delete")
        for number in call["message_ids"]:
            if number in chat.messages:
                self._delete_one(chat, number)
        return True

    def _delete_one(self, chat: Chat, number: int) -> None:
        message = chat.messages.get(number)
        if message is None:
            raise bad_request("message to delete not found")
        own = message.get("from", {}).get("id") == self.world.bot.id
        may = own or chat.kind == "private" or "can_delete_messages" in self.world.bot_membership(chat).rights
        if not may or self.world.now() - message["date"] > TWO_DAYS:
            raise bad_request("message can't be deleted")
        del chat.messages[number]

    def answer_press(self, call: Json) -> bool:
        """answerCallbackQuery: at most 200 characters, not too late, not twice with an effect."""
        if len(call.get("text", "")) > 200:
            raise bad_request("MESSAGE_TOO_LONG")
        press = self.world.presses.get(call["callback_query_id"])
        if press is None or self.world.now() - press.at > PRESS_LIFE:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        press.answered_at = press.answered_at or self.world.now()
        press.answers.append({key: call[key] for key in ("text", "show_alert", "url") if key in call})
        return True

    def pin(self, call: Json) -> bool:
        """pinChatMessage: the group is shown that it was done, with a sound unless that is switched off."""
        chat = self._pinnable(call)
        if call["message_id"] not in chat.messages:
            raise bad_request("message to pin not found")
        if call["message_id"] not in chat.pinned:
            chat.pinned.append(call["message_id"])
            shown = {key: value for key, value in chat.messages[call["message_id"]].items() if key[0] != "_"}
            told = self.world.post(chat, {"from": self.world.bot.as_user(), "pinned_message": shown})
            told["_silent"] = bool(call.get("disable_notification"))
            self.updates.emit("message", told, str(chat.id))
        return True

    def unpin(self, call: Json) -> bool:
        """unpinChatMessage: the named one, else the newest."""
        chat = self._pinnable(call)
        number = call.get("message_id", chat.pinned[-1] if chat.pinned else 0)
        if number not in chat.pinned:
            raise bad_request("message to unpin not found")
        chat.pinned.remove(number)
        return True

    def _pinnable(self, call: Json) -> Chat:
        chat = self.messages.find_chat(call)
        if chat.kind != "private" and "can_pin_messages" not in self.world.bot_membership(chat).rights:
            raise bad_request("not enough rights to manage pinned messages in the chat")
        return chat
