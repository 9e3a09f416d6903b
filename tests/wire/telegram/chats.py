"""Who is who in a chat, restrictions, and the bot's own name and command menus."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from tests.wire.telegram.errors import bad_request
from tests.wire.telegram.messages import Messages
from tests.wire.telegram.world import ALL_RIGHTS, PERMISSIONS, Chat, Json, Membership, World

_COMMAND = re.compile(r"[a-z0-9_]{1,32}\Z")
_TEXT_LIMITS = {"name": 64, "description": 512, "short_description": 120}


@dataclass(slots=True)
class Chats:
    """The methods about chats and menus."""

    world: World
    messages: Messages

    def get_me(self, _: Json) -> Json:
        """getMe."""
        return self.world.bot.as_user() | {
            "can_join_groups": True,
            "can_read_all_group_messages": not self.world.privacy_mode,
            "supports_inline_queries": False,
            "has_topics_enabled": False,
        }

    def get_chat(self, call: Json) -> Json:
        """getChat."""
        chat = self.messages.find_chat(call)
        full = chat.as_chat() | {"accent_color_id": 0, "max_reaction_count": 11}
        if chat.kind in ("group", "supergroup"):
            full["permissions"] = {name: name in chat.permissions for name in PERMISSIONS}
        full["accepted_gift_types"] = dict.fromkeys(
            (
                "unlimited_gifts",
                "limited_gifts",
                "unique_gifts",
                "premium_subscription",
                "gifts_from_channels",
            ),
            False,
        )
        return full

    def get_member(self, call: Json) -> Json:
        """getChatMember."""
        chat = self.messages.find_chat(call)
        person = call["user_id"]
        if person not in chat.members and person not in self.world.people:
            raise bad_request("PARTICIPANT_ID_INVALID")
        return self.as_member(chat, person)

    def get_administrators(self, call: Json) -> list[Json]:
        """getChatAdministrators: without other bots."""
        chat = self.messages.find_chat(call)
        if chat.kind == "private":
            raise bad_request("there are no administrators in the private chat")
        ruling = [who for who, what in chat.members.items() if what.status in ("creator", "administrator")]
        return [self.as_member(chat, who) for who in ruling]

    def count_members(self, call: Json) -> int:
        """getChatMemberCount."""
        chat = self.messages.find_chat(call)
        return sum(what.status not in ("left", "kicked") for what in chat.members.values())

    def as_member(self, chat: Chat, person: int) -> Json:
        """The Bot API's ChatMember of this person in this chat."""
        membership = self.world.membership(chat, person)
        everyone = self.world.people | {self.world.bot.id: self.world.bot}
        member: Json = {"user": everyone[person].as_user(), "status": membership.status}
        match membership.status:
            case "creator":
                member["is_anonymous"] = False
            case "administrator":
                member |= {right: right in membership.rights for right in ALL_RIGHTS}
                member |= {
                    "can_be_edited": False,
                    "is_anonymous": False,
                    "can_manage_topics": False,
                } | dict.fromkeys(membership.rights, True)
            case "restricted":
                member |= {name: name in membership.permissions for name in PERMISSIONS}
                member |= {"is_member": membership.is_member, "until_date": int(membership.until)}
            case "kicked":
                member["until_date"] = 0
        if membership.tag:
            member["tag"] = membership.tag
        return member

    def leave(self, call: Json) -> bool:
        """leaveChat."""
        self.messages.find_chat(call).members[self.world.bot.id] = Membership("left")
        return True

    def set_commands(self, call: Json) -> bool:
        """setMyCommands of one scope and language."""
        commands = call["commands"]
        if len(commands) > 100:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        for command in commands:
            if not _COMMAND.match(command["command"]):
                raise bad_request("BOT_COMMAND_INVALID")
            if not 1 <= len(command["description"]) <= 256:
                raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        if len({command["command"] for command in commands}) < len(commands):
            raise bad_request("BOT_COMMAND_INVALID")
        self.world.menus[self._menu(call)] = commands
        return True

    def get_commands(self, call: Json) -> list[Json]:
        """getMyCommands of exactly this scope and language."""
        return self.world.menus.get(self._menu(call), [])

    def delete_commands(self, call: Json) -> bool:
        """deleteMyCommands."""
        self.world.menus.pop(self._menu(call), None)
        return True

    def _menu(self, call: Json) -> tuple[str, str]:
        scope = call.get("scope")
        if scope and "chat_id" in scope:
            self.messages.find_chat(scope)
        language = call.get("language_code", "")
        if language and len(language) != 2:
            raise bad_request("LANG_CODE_INVALID")
        return _scope_key(scope), language

    def set_text(self, what: str, call: Json) -> bool:
        """setMyName, setMyDescription, setMyShortDescription."""
        text = call.get(what, "")
        if len(text) > _TEXT_LIMITS[what]:
            raise bad_request(f"BOT_{what.upper()}_TOO_LONG")
        self.world.texts[what, call.get("language_code", "")] = text
        return True

    def get_text(self, what: str, call: Json) -> Json:
        """getMyName, getMyDescription, getMyShortDescription."""
        return {what: self.world.texts.get((what, call.get("language_code", "")), "")}


def _scope_key(scope: Json | None) -> str:
    """A command scope as the menus' key."""
    return json.dumps(scope or {"type": "default"}, sort_keys=True)
