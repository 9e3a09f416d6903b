"""What a chat membership means: the bot's abilities, and a person's standing."""

from adapters.telegram.wire import Chatmate
from bot.chat.places import Ability, Role

_ABILITIES = (
    ("can_delete_messages", Ability.DELETE),
    ("can_pin_messages", Ability.PIN),
    ("can_restrict_members", Ability.RESTRICT),
    ("can_manage_topics", Ability.THREADS),
)


def abilities(mate: Chatmate) -> frozenset[Ability]:
    """What the bot may do with these rights; as an administrator it may always speak."""
    if mate.status == "administrator":
        return frozenset({Ability.SEND, *(ability for right, ability in _ABILITIES if getattr(mate, right))})
    speaks = mate.status in ("member", "creator") or (mate.status == "restricted" and mate.can_send_messages)
    return frozenset({Ability.SEND}) if speaks else frozenset()


def role(mate: Chatmate) -> Role:
    """The standing that a chat membership gives."""
    if mate.status in ("creator", "administrator"):
        return Role.ORGANISER
    here = mate.status == "member" or (mate.status == "restricted" and mate.is_member)
    return Role.MEMBER if here else Role.GUEST
