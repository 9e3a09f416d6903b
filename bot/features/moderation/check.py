"""Who may act on whom, in every place where both can be met, as the platforms say at this very moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.chat.errors import Refusal
from bot.chat.places import Ability, Account, Place, Power, Role
from bot.chat.text import Name, T
from bot.context import Context
from bot.domain.moderation import Denial, Kind, denial

_LACKING = {
    Ability.DELETE: T("Your rights in this group don't cover deleting messages. An administrator can grant them."),
    Ability.PIN: T("Your rights in this group don't cover pinning messages. An administrator can grant them."),
    Ability.RESTRICT: T("Your rights in this group don't cover muting people. An administrator can grant them."),
    Ability.BAN: T("Your rights in this group don't cover banning people. An administrator can grant them."),
    Ability.LOCK: T("Your rights in this group don't cover locking it. An administrator can grant them."),
    Ability.ADMIT: T("Your rights in this group don't cover letting people in. An administrator can grant them."),
}
_WE_LACK = {
    Ability.DELETE: T("I may not delete messages here yet. An administrator can allow it in my rights."),
    Ability.PIN: T("I may not pin messages here yet. An administrator can allow it in my rights."),
    Ability.RESTRICT: T("I may not mute people here yet. An administrator can allow it in my rights."),
    Ability.BAN: T("I may not ban people here yet. An administrator can allow it in my rights."),
    Ability.LOCK: T("I may not lock this here yet. An administrator can allow it in my rights."),
    Ability.ADMIT: T("I may not let people in here yet. An administrator can allow it in my rights."),
}

ENDING = {Kind.MUTE: Ability.RESTRICT, Kind.BAN: Ability.BAN}
"""What the rights of whoever ends a sanction must cover; a warning asks for none."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """An account of somebody in a place of the group, and what it is and may do there."""

    place: Place
    account: Account
    power: Power


async def may(ctx: Context, person: int, need: Ability | None = None) -> Sequence[Whereabouts]:
    """Where that person is to be met in the group; refuses if whoever acts may not act on them.

    With `need` the actor's own rights must cover it, where their standing comes from the platform and not from the
    group; and at least in one of those places the bot must be able to do it.
    """
    if person == ctx.person.id:
        raise Refusal(T("That would be yourself. Somebody else has to do it."))
    found, mine = await whereabouts(ctx, person), await powers(ctx, ctx.person.id)
    if reason := await hindrance(ctx, person, found, mine, ctx.role):
        raise Refusal(_denied(reason, await named(ctx, person)))
    if need:
        can(ctx, need, mine)
        we_can(ctx, need, [there.place for there in found])
        await we_outrank(ctx, need, found, person)
    return found


async def hindrance(
    ctx: Context, person: int, found: Sequence[Whereabouts], mine: Mapping[Place, Power], role: Role
) -> Denial | None:
    """Why somebody with that standing and `mine` powers may not act on that person, whom they meet in `found`."""
    seat = await ctx.unit.people.seat(ctx.community.id, person)
    granted = seat.role if seat else Role.GUEST
    for there in found:
        actor = mine.get(there.place, Power())
        if reason := denial(actor, role, there.power, max(granted, there.power.role)):
            return reason
    owns = any(power.owner for power in mine.values())
    # Where no platform can be asked about them, what was known last protects them.
    if seat and not found and not owns and max(granted, seat.stood) >= role:
        return Denial.ABOVE
    return None


def _denied(reason: Denial, name: Name) -> T:
    match reason:
        case Denial.BOT:
            return T("I don't act on bots.")
        case Denial.OWNER:
            return T("{name} owns this group. I never act on owners.", name=name)
        case Denial.ABOVE:
            return T("{name} stands as high as you or higher here, so this is not yours to do.", name=name)


async def whereabouts(ctx: Context, person: int) -> list[Whereabouts]:
    """Every place of the group on a platform where that person has an account."""
    accounts = await ctx.unit.people.accounts(person)
    venues = [venue for venue in await ctx.unit.communities.venues(ctx.community.id) if not venue.paused]
    return [
        Whereabouts(venue.place, account, ctx.power(venue.place, account))
        for venue in venues
        for account in accounts
        if account.platform == venue.place.platform
    ]


async def powers(ctx: Context, person: int) -> dict[Place, Power]:
    """What that person is and may do in each place of the group; of several accounts the one that stands highest."""
    found: dict[Place, Power] = {}
    for there in await whereabouts(ctx, person):
        before = found.get(there.place, there.power)
        found[there.place] = max(before, there.power, key=lambda power: (power.owner, power.role, power.height))
    return found


def can(ctx: Context, need: Ability, mine: Mapping[Place, Power]) -> None:
    """Refuse where the actor's standing is the platform's alone and its rights do not cover this."""
    if ctx.member.role >= Role.MODERATOR:
        return
    if not any(need in power.abilities for power in mine.values()):
        raise Refusal(_LACKING[need])


async def can_somewhere(ctx: Context, need: Ability) -> None:
    """The same with the rights that whoever acts has in the group's places at this moment."""
    can(ctx, need, await powers(ctx, ctx.person.id))


def we_can(ctx: Context, need: Ability, places: Sequence[Place]) -> None:
    """Refuse where the bot can do it in none of these places."""
    if places and not any(need in ctx.power(place, None).abilities for place in places):
        raise Refusal(_WE_LACK[need])


async def we_outrank(ctx: Context, need: Ability, found: Sequence[Whereabouts], person: int) -> None:
    """Refuse to put out or mute somebody who stands as high as the bot wherever it could do so to others.

    Whoever may everything can be muted on no platform, however high the bot stands.
    """
    if need not in (Ability.RESTRICT, Ability.BAN):
        return
    reach = [(there.power, ours) for there in found if need in (ours := ctx.power(there.place, None)).abilities]
    if reach and all(_stands_above(need, theirs, ours) for theirs, ours in reach):
        raise Refusal(
            T(
                "{name} stands as high as I do or higher here, so the platform does not let me.",
                name=await named(ctx, person),
            )
        )


def _stands_above(need: Ability, theirs: Power, ours: Power) -> bool:
    rules = need is Ability.RESTRICT and theirs.abilities.issuperset(Ability)
    return theirs.here and (rules or ours.height <= theirs.height)


async def named(ctx: Context, person: int) -> Name:
    """What that person is called."""
    names = await ctx.unit.people.names((person,))
    return Name(names.get(person, ""), f"#{person}")
