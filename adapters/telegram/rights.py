"""What a chat membership means: what somebody may do there, and their standing."""

from adapters.telegram.wire import Chatmate
from bot.chat.places import Ability, Power, Role

EVERYTHING = frozenset(Ability) - {Ability.EVENTS}
"""What an owner may do; a Telegram group has no list of events."""

_ABILITIES = (
    ("can_delete_messages", {Ability.DELETE}),
    ("can_pin_messages", {Ability.PIN}),
    ("can_restrict_members", {Ability.RESTRICT, Ability.BAN, Ability.LOCK}),
    ("can_manage_topics", {Ability.THREADS}),
    ("can_invite_users", {Ability.ADMIT}),
)


def abilities(mate: Chatmate) -> frozenset[Ability]:
    """What somebody may do with these rights; an administrator may always speak."""
    if mate.status == "creator":
        return EVERYTHING
    if mate.status == "administrator":
        held = (able for right, able in _ABILITIES if getattr(mate, right))
        return frozenset({Ability.SEND}).union(*held, {Ability.TAG} if _may_tag(mate) else ())
    speaks = is_here(mate) and (mate.status == "member" or mate.can_send_messages)
    return frozenset({Ability.SEND}) if speaks else frozenset()


def role(mate: Chatmate) -> Role:
    """The standing that a chat membership gives."""
    if mate.status in ("creator", "administrator"):
        return Role.ORGANISER
    return Role.MEMBER if is_here(mate) else Role.GUEST


def power(mate: Chatmate) -> Power:
    """All that a chat membership says."""
    return Power(
        role(mate),
        abilities(mate),
        height={"creator": 2, "administrator": 1}.get(mate.status, 0),
        owner=mate.status == "creator",
        bot=mate.user is not None and mate.user.is_bot,
        here=is_here(mate),
    )


def is_here(mate: Chatmate) -> bool:
    """Whether somebody is in the chat; who is restricted may have left it."""
    if mate.status == "restricted":
        return mate.is_member
    return mate.status in ("creator", "administrator", "member")


def _may_tag(mate: Chatmate) -> bool:
    """A right that older servers do not name goes with the one to pin (Bot API, ChatMemberAdministrator)."""
    return mate.can_pin_messages if mate.can_manage_tags is None else mate.can_manage_tags
