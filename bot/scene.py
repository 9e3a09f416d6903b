"""Setting the scene of an event inside its unit of work: community, person, membership, standing."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from random import Random
from typing import assert_never

from bot.asking import Powers
from bot.chat.clean import clean_text
from bot.chat.errors import PlatformError, Refusal
from bot.chat.events import Event, Knocked
from bot.chat.message import Button, Message, Outcome, Receipt, Reply, Silence, Toast, say
from bot.chat.places import Ability, Account, Place, Role
from bot.chat.press import Press
from bot.chat.text import Name, T
from bot.context import Abroad, Context
from bot.domain.community import Community, Venue
from bot.domain.people import Member, Person
from bot.ports import Platform, Store, Unit
from bot.said import Said
from bot.speech import Speech, choose_language

HOME = "home"
"""The action behind the buttons that choose the group meant in a private chat."""

_DENIED = {
    Role.MEMBER: T("Only members of the group can do this."),
    Role.TRUSTED: T("This one is for moderators and other trusted members. Need help? Ask one of them."),
    Role.MODERATOR: T("This one is for moderators. Need help? Ask one of them."),
    Role.ORGANISER: T("This one is for organisers. Need help? Ask one of them."),
}


@dataclass(slots=True)
class Ears:
    """What is known of the readers so far, so that even a failure is told in the right language.

    `powers` are what platforms said of people on the event's way.
    """

    asker: Speech = field(default_factory=Speech)
    place: Speech = field(default_factory=Speech)
    sure: bool = False
    powers: Powers = field(default_factory=dict)


async def platform_role(
    event: Event, need: Role, scope: int, store: Store, platforms: Mapping[str, Platform], *, enough: bool = False
) -> Role | None:
    """Ask the platform for the sender's standing at this moment; None where no more than speaking here is needed.

    It is called before the unit of work begins, because no unit waits on a network. A platform that cannot be asked
    means a refusal, unless a member's standing is `enough`.
    """
    account = event.sender.account
    if need <= Role.MEMBER or event.sender.role is not None or account is None:
        return event.sender.role
    places = await _venues(event, scope, store) if event.private else [event.place]
    try:
        roles = [await platforms[account.platform].role(place, account) for place in places]
    except PlatformError as error:
        if enough:
            return None
        raise Refusal(T("I couldn't check your rights just now. Nothing changed; try again soon.")) from error
    return max(roles, default=Role.GUEST)


async def find_ears(unit: Unit, event: Event, ears: Ears) -> None:
    """Find the language of somebody whose event came to no scene."""
    arrival = await unit.arrivals.of(event.place, event.sender.account)
    ears.asker, ears.place = _speech(event, arrival.community, arrival.person)
    ears.sure = True


async def set_scene(
    unit: Unit, event: Event, ears: Ears, scope: int, rng: Random, abroad: Mapping[str, Abroad]
) -> Context:
    """Find or make the person and the membership; `scope` is the community that a button names, 0 for none."""
    sender = event.sender
    arrival = await unit.arrivals.of(event.place, sender.account)
    community, person, member = arrival.community, arrival.person, arrival.member
    person = await _person(unit, event, person)
    await _note_venue(unit, event, arrival.venue)
    if scope and (community is None or community.id != scope):
        found = await unit.communities.get(scope)
        if found and found.joined:
            raise Refusal(T("This group has become one with another, and what is here has a new number. Open it anew."))
        if not event.private:
            raise Refusal(T("This button belongs to another group."))
        community, member = found, None
    if event.private and person and not scope:
        community = await _home(unit, person)
    if community and person and (member is None or member.community != community.id):
        member = await _membership(unit, event, community, person)
    ears.asker, ears.place = _speech(event, community, person)
    ears.sure = True
    return Context(
        unit=unit,
        now=event.at,
        rng=rng,
        place=event.place,
        private=event.private,
        account=sender.account,
        venue=arrival.venue,
        found=community,
        who=person,
        seat=member,
        language=ears.asker.language,
        abroad=abroad,
        powers=ears.powers,
    )


async def stand(ctx: Context, asked: Role | None) -> Context:
    """The scene with the standing that counts; what the platform said is remembered to know whom to write to."""
    if ctx.seat and asked is not None and asked is not ctx.seat.stood:
        await ctx.unit.people.note_standing(ctx.seat, asked)
    return replace(ctx, role=standing(ctx, asked))


def standing(ctx: Context, asked: Role | None) -> Role:
    """The standing that counts: what the platform says now, raised by what the community granted.

    Somebody whom the platform does not know there has none, whatever was granted.
    """
    granted = ctx.seat.role if ctx.seat else Role.GUEST
    if asked is None:
        return granted
    return Role.GUEST if asked is Role.GUEST else max(asked, granted)


def check_right(role: Role, need: Role) -> None:
    """Refuse where the standing is too low."""
    if role < need:
        raise Refusal(_DENIED[need])


def spoken(outcome: Outcome, ears: Ears) -> Said | None:
    """An outcome in its reader's language."""
    match outcome:
        case None | Silence():
            return None
        case Message():
            return Said(ears.asker.message(outcome))
        case Toast():
            return Said(ears.asker.message(say(outcome.text)), toast=True, light=outcome.light)
        case Receipt():
            words = ears.asker.message(say(outcome.text))
            return Said(words, toast=True, marks=True, on=outcome.on, quiet=outcome.quiet)
        case Reply():
            speech = ears.place if outcome.public else ears.asker
            speech = replace(speech, language=outcome.language or speech.language, zone=outcome.zone or speech.zone)
            return Said(
                speech.message(outcome.message),
                replaces=outcome.replaces,
                public=outcome.public,
                personal=outcome.personal,
                attach=outcome.attach,
            )
        case _:
            assert_never(outcome)


async def choose_home(ctx: Context) -> Refusal:
    """What to say in a private chat when it is not clear which group is meant."""
    groups = await ctx.unit.communities.of_person(ctx.person.id)
    buttons = [Button(Name(group.name), Press(HOME, 0, (group.id,), ctx.person.id)) for group in groups[:8]]
    if not buttons:
        return Refusal(T("Use this in your study group, or join one with me first. More: /help."))
    return Refusal(T("Which group do you mean? Choose once, then send it again."), *buttons)


async def _person(unit: Unit, event: Event, person: Person | None) -> Person | None:
    """The sender's person, made at the first word and renamed when the platform's name changed."""
    account, name = event.sender.account, clean_text(event.sender.name)
    if account is None:
        return None
    if person is None:
        person = await unit.people.add(account, name, "")
    known = replace(person, name=name or person.name, handle=event.sender.handle or person.handle)
    if known == person:
        return person
    if not await unit.people.is_main(account):
        return person  # who has several accounts is called as with the first: no name flips from platform to platform
    await unit.people.save(known)
    return known


async def _note_venue(unit: Unit, event: Event, venue: Venue | None) -> None:
    """Remember what the bot may do here, where the event says so; a place that we hear from is spoken to again."""
    if venue is None:
        return
    abilities = venue.abilities if event.abilities is None else event.abilities
    silent = event.abilities is not None and Ability.SEND not in abilities
    noted = replace(venue, abilities=abilities, paused=venue.paused and silent)
    if noted != venue:
        await unit.communities.put_venue(noted)


async def _home(unit: Unit, person: Person) -> Community | None:
    groups = await unit.communities.of_person(person.id)
    chosen = [group for group in groups if group.id == person.home]
    if chosen:
        return chosen[0]
    return groups[0] if len(groups) == 1 else None


async def _membership(unit: Unit, event: Event, community: Community, person: Person) -> Member | None:
    if event.private or isinstance(event, Knocked):
        return await unit.people.seat(community.id, person.id)
    return await unit.people.join(Member(community.id, person.id, since=event.at))


async def _venues(event: Event, scope: int, store: Store) -> list[Place]:
    """The places of the community in question on the sender's platform."""
    account = event.sender.account
    if account is None:
        return []
    async with store.read() as unit:
        community = scope or await _home_id(unit, event.place, account)
        venues = await unit.communities.venues(community) if community else []
    return [venue.place for venue in venues if venue.place.platform == account.platform]


async def _home_id(unit: Unit, place: Place, account: Account) -> int:
    person = (await unit.arrivals.of(place, account)).person
    community = await _home(unit, person) if person else None
    return community.id if community else 0


def _speech(event: Event, community: Community | None, person: Person | None) -> tuple[Speech, Speech]:
    own = person.language if person else ""
    group = community.language if community else ""
    language = choose_language(own, event.sender.language, group)
    speech = Speech(language)
    if community:
        speech = replace(speech, zone=community.zone, register=community.register)
    return speech, replace(speech, language=choose_language(group, language))
