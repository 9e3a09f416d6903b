"""What is done on a platform, and what a handler asks it: never inside a unit of work, and told as it was."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Annotated, Any

import pytest

from bot.chat.act import Act, Mute, Together, Whisper
from bot.chat.errors import Ambiguous, PlatformError, Refused, SlowDown, Unreachable
from bot.chat.events import Deleted, Entered, Knocked, Mark, Reacted, Sender, Typed
from bot.chat.message import Outcome, say
from bot.chat.places import Ref, Role
from bot.chat.text import T
from bot.command import Example, Feature, command, job
from bot.context import Context
from bot.domain.jobs import State
from bot.followup import Erasure, Listening
from bot.param import Arg
from bot.ports import Unit
from tests.bot import road as roads
from tests.bot.road import ANI, BUDI, GROUP, HELP, Road, count, paved

WENT: list[tuple[int, str, str]] = []
"""How acts went: the subject, the error's name or "", and what was given back."""

HEARD: list[str] = []


@command("standing", right=Role.MEMBER, summary=HELP, examples=(Example("/standing", HELP),))
async def standing(ctx: Context) -> Outcome:
    """Changes something before it asks: nothing of that may happen twice."""
    now = await count(ctx)
    roles = [ctx.power(ctx.place, account).role for account in (ANI, BUDI, None)]
    return say(f"{now} {[role.name for role in roles]}")


@command("endless", right=Role.MEMBER, summary=HELP, examples=(Example("/endless", HELP),))
async def endless(ctx: Context) -> Outcome:
    """Asks about ever more people."""
    for number in range(100):
        ctx.power(ctx.place, type(ANI)("wire", str(number)))
    return None


@command("hush", right=Role.MEMBER, summary=HELP, examples=(Example("/hush 3", HELP),))
async def hush(ctx: Context, number: Annotated[int, Arg(HELP, most=99)]) -> Outcome:
    """Has somebody muted."""
    await ctx.post_in(ctx.place, muting, number)
    return say("soon")


async def went(ctx: Context, subject: int, error: PlatformError | None, gave: str) -> None:
    """Remembers how it went, in a unit of its own."""
    await count(ctx)
    WENT.append((subject, type(error).__name__ if error else "", gave))


@job("muting", after=went)
async def muting(ctx: Context, subject: int) -> Act | Together | State:
    """An act, for whoever stands there as a member."""
    if subject == 9:
        return State.DROPPED
    if subject == 8:
        return Whisper(ANI, say(T("Read")))
    if subject == 7:
        return Together((Mute(ANI), Mute(BUDI)))
    ctx.power(ctx.place, BUDI)
    return Mute(BUDI, ctx.now + timedelta(minutes=subject))


def notice(event: Typed) -> str | None:
    return event.text.removeprefix("psst ") if event.text.startswith("psst ") else None


async def hear(ctx: Context, event: Typed, found: Any) -> Outcome:
    """Hears whispers among people; those with a question mark are answered."""
    HEARD.append(f"{found} by {ctx.person.name}")
    return say("heard") if found.endswith("?") else None


async def entered(ctx: Context) -> None:
    HEARD.append(f"{ctx.person.name} entered, member: {ctx.seat is not None}")


async def knocked(ctx: Context) -> None:
    HEARD.append(f"{ctx.person.name} knocked, member: {ctx.seat is not None}")


async def thanked(_ctx: Context, event: Reacted) -> None:
    HEARD.append(f"thanks to {event.author and event.author.id}: {event.likes}")


async def erased(_ctx: Context, ref: Ref) -> None:
    HEARD.append(f"gone {ref.message}")


async def is_known(_unit: Unit, community: int, ref: Ref) -> bool:
    return (community, ref.message) == (1, "5")


ACTS = Feature(
    commands=(standing, endless, hush),
    jobs=(muting,),
    listenings=(Listening(lambda: notice, hear),),
    entered=entered,
    knocked=knocked,
    thanked=thanked,
    erased=Erasure(is_known, erased),
)


@pytest.fixture
async def road(address: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Road]:
    monkeypatch.setattr(roads, "ABOUT", ACTS)
    WENT.clear()
    HEARD.clear()
    async with paved(address) as made:
        yield made


async def test_a_handler_begins_anew_until_it_knows_whom_it_asked_about(road: Road) -> None:
    road.wire.roles = {("g1", "ani"): Role.ORGANISER}
    assert await road.says("/standing") == "1 ['ORGANISER', 'GUEST', 'MEMBER']"
    assert road.wire.asked == [ANI, BUDI, None], "each is asked about once"
    assert await road.counted() == 1, "what was done before asking was taken back"


async def test_a_platform_that_cannot_say_means_a_refusal(road: Road) -> None:
    road.wire.error = Unreachable("away")
    assert "couldn't check the rights" in await road.says("/standing")
    assert await road.counted() == 0


async def test_a_handler_that_never_has_enough_is_stopped(road: Road) -> None:
    assert "Something broke" in await road.says("/endless")


async def test_an_act_is_done_after_the_commit_and_told(road: Road) -> None:
    await road.says("/hush 3")
    await road.app.outbox.settle()
    assert road.wire.acts == [Mute(BUDI, road.now + timedelta(minutes=3))]
    assert WENT == [(3, "", "as it was")]
    assert await road.counted() == 1


async def test_a_refusal_of_the_platform_is_told_too(road: Road) -> None:
    await road.says("/hush 3")
    road.app.platforms["wire"] = Deaf(Refused("no right"))
    await road.app.outbox.settle()
    assert WENT == [(3, "Refused", "")]
    async with road.store.read() as unit:
        assert not await unit.jobs.troubled(1), "who wanted it has heard of it"
        (venue,) = await unit.communities.venues(1)
    assert not venue.paused, "only what cannot be said pauses a place"


async def test_of_acts_that_count_as_one_each_is_done_and_told_once(road: Road) -> None:
    await road.says("/hush 7")
    await road.app.outbox.settle()
    assert road.wire.acts == [Mute(ANI), Mute(BUDI)]
    assert WENT == [(7, "", "as it was")]


async def test_a_refusal_of_one_of_several_acts_stops_no_other_and_is_told(road: Road) -> None:
    await road.says("/hush 7")
    road.app.platforms["wire"] = hard = HardOfHearing()
    await road.app.outbox.settle()
    assert hard.acts == [Mute(BUDI)]
    assert WENT == [(7, "Refused", "as it was")]


@pytest.mark.parametrize("error", [Unreachable("away"), Ambiguous("lost"), SlowDown(timedelta(seconds=9))])
async def test_what_did_not_get_through_is_done_later(road: Road, error: PlatformError) -> None:
    await road.says("/hush 3")
    wire, road.app.platforms["wire"] = road.wire, Deaf(error)
    await road.app.outbox.settle()
    assert WENT == []
    road.app.platforms["wire"] = wire
    road.now += timedelta(minutes=1)
    await road.app.outbox.settle()
    assert WENT == [(3, "", "as it was")]


async def test_a_whisper_is_said_in_the_language_of_its_reader(road: Road) -> None:
    async with road.store.begin() as unit:
        person = await unit.people.of_account(ANI)
        assert person
        await unit.people.save(type(person)(person.id, person.name, "id"))
    await road.says("/hush 8")
    await road.app.outbox.settle()
    (act,) = road.wire.acts
    assert isinstance(act, Whisper)
    assert roads.words(act.message) == "Baca"


async def test_an_act_that_is_not_needed_any_more_is_not_done(road: Road) -> None:
    await road.says("/hush 9")
    await road.app.outbox.settle()
    assert not road.wire.acts
    assert not WENT


async def test_people_among_themselves_are_heard_by_whoever_listens_alone(road: Road) -> None:
    async def aside(text: str, key: str) -> str:
        return await road.hears(Typed(text=text, aside=True, **road.parts(ANI, GROUP, key)))

    assert await aside("halo semua", "1a") == ""
    assert await aside("psst a secret", "2a") == ""
    assert await aside("psst really?", "3a") == "heard"
    assert await aside("psst really?", "3a") == "", "the same message counts once"
    assert HEARD == ["a secret by Ani", "really? by Ani"]


async def test_who_comes_is_a_member_and_who_knocks_is_none(road: Road) -> None:
    await road.hears(Knocked(**road.parts(BUDI, GROUP, "k1")))
    await road.hears(Entered(**road.parts(BUDI, GROUP, "e1")))
    assert HEARD == ["Ani knocked, member: False", "Ani entered, member: True"]


async def test_thanks_and_deletions_reach_whoever_wants_to_hear_of_them(road: Road) -> None:
    parts = road.parts(ANI, GROUP, "r1")
    await road.hears(Reacted(message=Ref(GROUP, "5"), likes=True, mark=Mark.THANKS, author=BUDI, **parts))
    await road.hears(Reacted(message=Ref(GROUP, "5"), likes=True, author=BUDI, **road.parts(ANI, GROUP, "r2")))
    gone = road.parts(None, GROUP, "d1") | {"sender": Sender(None)}
    await road.hears(Deleted(message=Ref(GROUP, "5"), **gone))
    assert HEARD == ["thanks to budi: True", "gone 5"]


async def test_for_a_deletion_that_concerns_nobody_nothing_is_written(road: Road) -> None:
    for message in ("6", "5"):
        gone = road.parts(None, GROUP, f"d{message}") | {"sender": Sender(None)}
        await road.hears(Deleted(message=Ref(GROUP, message), **gone))
    async with road.store.begin() as unit:
        new = [await unit.arrivals.first_time("wire", f"d{message}", road.now) for message in ("6", "5")]
    assert new == [True, False]


class Deaf(roads.Wire):
    """A platform that refuses every act, though it says who stands how."""

    def __init__(self, error: PlatformError) -> None:
        super().__init__()
        self.refusal = error

    async def act(self, place: Any, act: Act, key: str) -> str:
        raise self.refusal


class HardOfHearing(roads.Wire):
    """A platform that refuses the first act."""

    async def act(self, place: Any, act: Act, key: str) -> str:
        if act == Mute(ANI):
            raise Refused("no right")
        return await super().act(place, act, key)
