"""Which method of the Bot API is played by what."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from tests.wire.telegram.site import Site
from tests.wire.telegram.world import Json

Method = Callable[[Json], Any]


def table(site: Site) -> dict[str, Method]:
    """Every modelled method but getUpdates."""
    messages, standing, chats, topics = site.messages, site.standing, site.chats, site.topics
    members = site.members
    table: dict[str, Method] = {
        "getMe": chats.get_me,
        "setWebhook": partial(_set_webhook, site),
        "deleteWebhook": partial(_delete_webhook, site),
        "getWebhookInfo": partial(_webhook_info, site),
        "close": lambda _: True,
        "logOut": lambda _: True,
        "sendMessage": messages.send_message,
        "sendPhoto": messages.send_photo,
        "sendDocument": messages.send_document,
        "getFile": site.files.get_file,
        "sendPoll": site.polls.send,
        "stopPoll": site.polls.stop,
        "sendChatAction": lambda values: bool(messages.find_chat(values)),
        "editMessageText": messages.edit_text,
        "editMessageMedia": messages.edit_media,
        "editMessageCaption": messages.edit_caption,
        "editMessageReplyMarkup": messages.edit_keyboard,
        "editEphemeralMessageText": messages.edit_private,
        "editEphemeralMessageReplyMarkup": messages.edit_private,
        "deleteEphemeralMessage": messages.delete_private,
        "deleteMessage": standing.delete,
        "deleteMessages": standing.delete_several,
        "forwardMessage": messages.forward,
        "copyMessage": messages.forward,
        "answerCallbackQuery": standing.answer_press,
        "setMessageReaction": site.reactions.set,
        "pinChatMessage": standing.pin,
        "unpinChatMessage": standing.unpin,
        "getChat": chats.get_chat,
        "getChatMember": chats.get_member,
        "getChatAdministrators": chats.get_administrators,
        "getChatMemberCount": chats.count_members,
        "restrictChatMember": members.restrict,
        "banChatMember": members.ban,
        "unbanChatMember": members.unban,
        "setChatPermissions": members.set_permissions,
        "approveChatJoinRequest": members.approve,
        "declineChatJoinRequest": members.decline,
        "setChatMemberTag": members.tag,
        "leaveChat": chats.leave,
        "createForumTopic": topics.create,
        "editForumTopic": topics.edit,
        "closeForumTopic": topics.close,
        "reopenForumTopic": topics.reopen,
        "deleteForumTopic": topics.delete,
        "setMyCommands": chats.set_commands,
        "getMyCommands": chats.get_commands,
        "deleteMyCommands": chats.delete_commands,
    }
    for what, method in (
        ("name", "MyName"),
        ("description", "MyDescription"),
        ("short_description", "MyShortDescription"),
    ):
        table[f"set{method}"] = partial(chats.set_text, what)
        table[f"get{method}"] = partial(chats.get_text, what)
    return table


def _set_webhook(site: Site, values: Json) -> bool:
    if "allowed_updates" in values:
        site.updates.allowed = values["allowed_updates"]
    if values.get("drop_pending_updates"):
        site.updates.waiting.clear()
    site.webhook.set(values["url"], values.get("secret_token"))
    return True


def _delete_webhook(site: Site, values: Json) -> bool:
    return _set_webhook(site, {**values, "url": ""})


def _webhook_info(site: Site, _: Json) -> Json:
    info: Json = {
        "url": site.webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(site.updates.waiting),
    }
    if site.webhook.last_error:
        info["last_error_message"] = site.webhook.last_error
    if site.updates.allowed:
        info["allowed_updates"] = site.updates.allowed
    return info
