"""What the bot does to people in a group: restricting, banning, admitting, tagging, and what everybody may do there."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace

from tests.wire.telegram.doors import Doors
from tests.wire.telegram.errors import ApiError, bad_request
from tests.wire.telegram.messages import Messages
from tests.wire.telegram.world import PERMISSIONS, Chat, Json, Membership, World

SHORTEST, LONGEST = 30.0, 366 * 24 * 3600.0
"""A restriction that would end sooner or later than this holds for ever."""

LONGEST_TAG = 16
_RULING = ("creator", "administrator")
_MEDIA = (
    "can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos",
    "can_send_video_notes", "can_send_voice_notes",
)  # fmt: skip


@dataclass(slots=True)
class Members:
    """The methods about members."""

    world: World
    messages: Messages
    doors: Doors

    def restrict(self, call: Json) -> bool:
        """restrictChatMember: supergroups only, never people with rights; everything allowed lifts it."""
        chat = self._supergroup(call)
        person, granted = self._common(chat, call["user_id"]), _granted(call)
        was = self.world.membership(chat, person)
        here = was.is_here
        if granted >= set(PERMISSIONS):
            now = Membership("member" if here else "left", tag=was.tag)
        else:
            until = self._until(call)
            now = Membership("restricted", permissions=granted, is_member=here, until=until, tag=was.tag)
        self.doors.change(chat, person, self.world.bot, now)
        return True

    def ban(self, call: Json) -> bool:
        """banChatMember."""
        chat = self.messages.find_chat(call)
        person = self._common(chat, call["user_id"])
        if self.world.membership(chat, person).status != "kicked":
            self.doors.put_out(chat, self.world.people[person], self.world.bot, "kicked")
        return True

    def unban(self, call: Json) -> bool:
        """unbanChatMember: who is still there is put out, unless only the banned are meant."""
        chat = self._supergroup(call)
        person = self._common(chat, call["user_id"])
        was = self.world.membership(chat, person)
        if was.status == "kicked":
            self.doors.change(chat, person, self.world.bot, Membership("left"))
        elif was.is_here and not call.get("only_if_banned"):
            self.doors.put_out(chat, self.world.people[person], self.world.bot, "left")
        return True

    def set_permissions(self, call: Json) -> bool:
        """setChatPermissions."""
        chat = self.messages.find_chat(call)
        if chat.kind not in ("group", "supergroup"):
            raise bad_request("can't change private chat permissions")
        self._need(chat, "can_restrict_members", "not enough rights to change chat permissions")
        granted = _granted(call)
        if granted == chat.permissions:
            raise bad_request("CHAT_NOT_MODIFIED")
        chat.permissions = granted
        return True

    def approve(self, call: Json) -> bool:
        """approveChatJoinRequest."""
        chat, person = self._requested(call)
        del chat.knocks[person]
        self.doors.join(self.world.people[person], chat)
        return True

    def decline(self, call: Json) -> bool:
        """declineChatJoinRequest."""
        chat, person = self._requested(call)
        del chat.knocks[person]
        return True

    def tag(self, call: Json) -> bool:
        """setChatMemberTag: of regular members only."""
        chat, words = self.messages.find_chat(call), str(call.get("tag", ""))
        rights = self.world.bot_membership(chat).rights
        if not rights & {"can_manage_tags", "can_pin_messages"}:
            raise bad_request("not enough rights to change the tag of the member")
        was = self.world.membership(chat, self._known(chat, call["user_id"]))
        if not was.is_here or was.status in _RULING:
            raise bad_request("PARTICIPANT_ID_INVALID" if not was.is_here else "user is an administrator of the chat")
        if len(words) > LONGEST_TAG or any(unicodedata.category(char) == "So" for char in words):
            raise bad_request("TAG_INVALID")
        chat.members[call["user_id"]] = replace(was, tag=words)
        return True

    def _requested(self, call: Json) -> tuple[Chat, int]:
        chat = self.messages.find_chat(call)
        self._need(chat, "can_invite_users", "not enough rights to handle join requests")
        person = self._known(chat, call["user_id"])
        if self.world.membership(chat, person).is_here:
            raise bad_request("USER_ALREADY_PARTICIPANT")
        if person not in chat.knocks:
            raise bad_request("HIDE_REQUESTER_MISSING")
        return chat, person

    def _supergroup(self, call: Json) -> Chat:
        chat = self.messages.find_chat(call)
        if chat.kind != "supergroup":
            raise bad_request("method is available only for supergroups")
        return chat

    def _common(self, chat: Chat, person: int) -> int:
        """Somebody without rights, where the bot has the right over people."""
        self._need(chat, "can_restrict_members", "not enough rights to restrict/unrestrict chat member")
        match self.world.membership(chat, self._known(chat, person)).status:
            case "creator":
                raise bad_request("can't remove chat owner")
            case "administrator":
                raise bad_request("user is an administrator of the chat")
        return person

    def _known(self, chat: Chat, person: int) -> int:
        if person not in chat.members and person not in self.world.people:
            raise bad_request("PARTICIPANT_ID_INVALID")
        return person

    def _need(self, chat: Chat, right: str, refusal: str) -> None:
        if right not in self.world.bot_membership(chat).rights:
            raise bad_request(refusal)

    def _until(self, call: Json) -> float:
        until, now = float(call.get("until_date", 0)), self.world.now()
        return until if SHORTEST <= until - now <= LONGEST else 0.0


def _granted(call: Json) -> frozenset[str]:
    """What the call allows, with what one permission says of another that is not named."""
    told: dict[str, bool] = dict(call["permissions"])
    if not call.get("use_independent_chat_permissions"):
        if told.get("can_send_other_messages") or told.get("can_add_web_page_previews"):
            told |= dict.fromkeys(_MEDIA, True)
        if told.get("can_send_polls"):
            told["can_send_messages"] = True
    told.setdefault("can_react_to_messages", told.get("can_send_messages", False))
    for name in ("can_edit_tag", "can_manage_topics"):
        told.setdefault(name, told.get("can_pin_messages", False))
    unknown = told.keys() - set(PERMISSIONS)
    if unknown:
        raise ApiError(500, f"unknown permissions {unknown}")
    return frozenset(name for name, allowed in told.items() if allowed)
