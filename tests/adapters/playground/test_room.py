"""What moderators do in the groups of the playground: mutes, bans, locks, pins, tags, and who is let in."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.playground.adapter import Playground
from adapters.playground.cast import GROUPS, NEWCOMERS
from adapters.playground.transcript import Alert, Entry
from bot.chat.act import (
    Act,
    Admit,
    Ban,
    Decline,
    Lock,
    Mute,
    Pin,
    Remove,
    Tag,
    Unban,
    Unlock,
    Unmute,
    Unpin,
    Whisper,
)
from bot.chat.errors import Gone, Refused, Unavailable
from bot.chat.message import say
from bot.chat.places import Ability, Account, Place, Power, Ref, Role
from bot.chat.text import Run
from bot.domain.jobs import Job
from tests.adapters.playground.parlour import ANI, BUDI, CITRA, DISCORD, EKO, HEARD, MONDAY, TELEGRAM, TOLD, sees
from tests.adapters.playground.test_web import away

BOTH = pytest.mark.parametrize("place", GROUPS)
FANI = replace(NEWCOMERS[0], language="en")
HOUR = MONDAY + timedelta(hours=1)


def alerts(playground: Playground, account: Account) -> list[str]:
    """What popped up for that person."""
    shown = [signal.what for signal in playground.transcript.signals]
    return [what.text for what in shown if isinstance(what, Alert) and what.account == account]


async def said(playground: Playground, who: Account, place: Place, text: str) -> Entry:
    """The entry of these words."""
    await playground.say(who, place, text)
    return [entry for entry in playground.transcript if entry.author == who and entry.place == place][-1]


def stranger(playground: Playground) -> Account:
    """Somebody who is in none of the groups."""
    playground.come(FANI)
    return FANI.account


@BOTH
async def test_the_words_of_a_muted_person_reach_nobody_until_the_mute_ends(
    playground: Playground, place: Place
) -> None:
    await playground.act(place, Mute(CITRA, HOUR), "m")
    await playground.say(CITRA, place, "can you hear me?")
    await playground.say(CITRA, place, "/shout hey")
    assert sees(playground, CITRA, place) == []
    assert HEARD == []
    assert (
        alerts(playground, CITRA)
        == ["Nothing goes through: the group has muted this account until Mon, 23 Nov at 09:00 WIB."] * 2
    )
    assert playground.muted(place) == {CITRA: HOUR}
    other = GROUPS[1 - GROUPS.index(place)]
    await playground.say(CITRA, other, "over here")
    assert sees(playground, BUDI, other) == ["over here"]
    await playground.clock.jump(HOUR, playground.app.store, playground.app.outbox)  # type: ignore[attr-defined]
    await playground.say(CITRA, place, "and now?")
    assert sees(playground, BUDI, place) == ["and now?"]
    assert playground.muted(place) == {}


async def test_a_mute_without_an_end_is_lifted_and_has_a_longest_time_on_discord(playground: Playground) -> None:
    for place in GROUPS:
        await playground.act(place, Mute(CITRA), place.chat)
    assert playground.muted(TELEGRAM) == {CITRA: None}
    assert playground.muted(DISCORD) == {CITRA: MONDAY + timedelta(days=28)}
    await playground.say(CITRA, TELEGRAM, "hm")
    assert alerts(playground, CITRA) == ["Nothing goes through: the group has muted this account."]
    for place in GROUPS:
        await playground.act(place, Unmute(CITRA), place.chat)
        await playground.say(CITRA, place, "thank you")
        assert sees(playground, BUDI, place) == ["thank you"]


@pytest.mark.parametrize(("place", "pressed"), [(TELEGRAM, True), (DISCORD, False)])
async def test_a_muted_person_presses_buttons_on_telegram_alone(
    playground: Playground, place: Place, pressed: bool
) -> None:
    await playground.run(ANI, place, "serve", {})
    await playground.settle()
    card = [entry for entry in playground.transcript if entry.place == place and entry.is_public][-1]
    await playground.act(place, Mute(CITRA), "m")
    await playground.press(CITRA, card.id, 0, 2)
    await playground.settle()
    assert ("Flipped by somebody." in sees(playground, BUDI, place)) is pressed


@BOTH
async def test_who_is_banned_is_out_and_cannot_come_back_until_that_is_lifted(
    playground: Playground, place: Place
) -> None:
    entry = await said(playground, BUDI, place, "good morning")
    await playground.act(place, Ban(CITRA), "b")
    assert await playground.power(place, CITRA) == Power()
    assert await playground.role(place, CITRA) is Role.GUEST
    await playground.say(CITRA, place, "hello?")
    await playground.react(CITRA, entry.id, on=True)
    await playground.run(CITRA, place, "shout", {"words": "hello?"})
    await playground.enter(CITRA, place)
    assert sees(playground, BUDI, place) == ["good morning"]
    assert alerts(playground, CITRA) == ["Nothing goes through: only who is in the group can do this."] * 4
    await playground.act(place, Unban(CITRA), "u")
    assert not (await playground.power(place, CITRA)).here
    await playground.enter(CITRA, place)
    assert (await playground.power(place, CITRA)).here
    assert list(TOLD) == [("Citra", "entered")]


async def test_a_locked_group_is_for_moderators(playground: Playground) -> None:
    assert await playground.act(TELEGRAM, Lock(), "one") == "open"
    assert await playground.act(TELEGRAM, Lock(), "one") == "open", "the same act, done once more"
    assert await playground.act(TELEGRAM, Lock(), "two") == ""
    for who in (BUDI, CITRA):
        await playground.say(who, TELEGRAM, "hi")
    await playground.say(CITRA, DISCORD, "hi there")
    assert [entry.author for entry in playground.transcript] == [BUDI, CITRA]
    assert alerts(playground, CITRA) == ["Nothing goes through: only moderators can write here now."]
    await playground.act(TELEGRAM, Unlock(before="open"), "three")
    await playground.say(CITRA, TELEGRAM, "at last")
    assert "at last" in sees(playground, BUDI, TELEGRAM)


async def test_a_slash_command_is_no_message_that_a_lock_holds_back(playground: Playground) -> None:
    for place in GROUPS:
        await playground.act(place, Lock(whole=True), "l")
        await playground.say(CITRA, place, "/hello")
    await playground.settle()
    assert (sees(playground, CITRA, TELEGRAM), sees(playground, CITRA, DISCORD)) == ([], ["Hello."])


@BOTH
async def test_pins_stand_newest_first_and_only_a_loud_one_sounds(playground: Playground, place: Place) -> None:
    entries = [await said(playground, BUDI, place, text) for text in ("one", "two", "three")]
    refs = [Ref(place, entry.id) for entry in entries]
    for number, ref in enumerate([*refs, refs[0]]):
        await playground.act(place, Pin(ref), f"p{number}")
    assert playground.pins(place) == entries[::-1]
    assert playground.transcript.noise.sounding == 0
    await playground.act(place, Unpin(refs[1]), "u")
    await playground.act(place, Unpin(refs[1]), "u")
    await playground.act(place, Pin(refs[1], loud=True), "p9")
    assert playground.transcript.noise.sounding == 1
    await playground.withdraw(BUDI, entries[2].id)
    assert playground.pins(place) == [entries[1], entries[0]]
    with pytest.raises(Gone):
        await playground.act(place, Pin(refs[2]), "p10")


async def test_a_message_is_removed_once(playground: Playground) -> None:
    entry = await said(playground, CITRA, TELEGRAM, "buy this")
    await playground.act(TELEGRAM, Remove(Ref(TELEGRAM, entry.id)), "r")
    assert sees(playground, CITRA, TELEGRAM) == []
    with pytest.raises(Gone):
        await playground.act(TELEGRAM, Remove(Ref(TELEGRAM, entry.id)), "r")


async def test_who_knocks_is_let_in_or_not(playground: Playground) -> None:
    fani = stranger(playground)
    for answer in (Decline(fani), Admit(fani)):
        await playground.knock(fani, TELEGRAM)
        await playground.knock(fani, TELEGRAM)
        assert playground.rooms[TELEGRAM].knocking == [fani]
        await playground.act(TELEGRAM, answer, "a")
        assert (await playground.power(TELEGRAM, fani)).here is isinstance(answer, Admit)
        with pytest.raises(Gone):
            await playground.act(TELEGRAM, answer, "a")
    assert list(TOLD) == [("Fani", "knocked"), ("Fani", "knocked"), ("Fani", "entered")]
    async with playground.app.store.read() as unit:
        assert await unit.people.can_write(fani)


async def test_whom_the_bot_lets_in_is_greeted(playground: Playground) -> None:
    await playground.knock(stranger(playground), TELEGRAM)
    async with playground.app.store.begin() as unit:
        await unit.jobs.put(Job(1, "door:1", "door", 1, MONDAY, TELEGRAM))
    await playground.settle()
    assert list(TOLD) == [("Fani", "knocked"), ("Fani", "entered")]


async def test_a_knock_that_the_store_did_not_take_is_told_when_it_does(
    playground: Playground, monkeypatch: pytest.MonkeyPatch
) -> None:
    fani = stranger(playground)
    with monkeypatch.context() as patch:
        patch.setattr(playground.app.store, "begin", away)
        with pytest.raises(Unavailable):
            await playground.knock(fani, TELEGRAM, key="k")
    assert playground.rooms[TELEGRAM].knocking == []
    await playground.knock(fani, TELEGRAM, key="k")
    assert list(TOLD) == [("Fani", "knocked")]


async def test_nobody_knocks_on_discord_nor_where_they_are_in(playground: Playground) -> None:
    for who, place in ((stranger(playground), DISCORD), (CITRA, TELEGRAM)):
        with pytest.raises(LookupError):
            await playground.knock(who, place)
    playground.rooms[TELEGRAM].ban(FANI.account)
    await playground.knock(FANI.account, TELEGRAM)
    assert playground.rooms[TELEGRAM].knocking == []
    assert list(TOLD) == []


async def test_who_left_is_out_and_comes_again(playground: Playground) -> None:
    await playground.leave(CITRA, TELEGRAM)
    await playground.say(CITRA, TELEGRAM, "wait")
    await playground.enter(CITRA, TELEGRAM)
    await playground.say(CITRA, TELEGRAM, "back again")
    assert sees(playground, BUDI, TELEGRAM) == ["back again"]
    assert list(TOLD) == [("Citra", "entered")]


async def test_a_whisper_is_for_one_person_and_none_is_known_on_discord(playground: Playground) -> None:
    whisper = Whisper(CITRA, say(Run("Softly.")))
    for _ in range(2):
        await playground.act(TELEGRAM, whisper, "w")
    assert sees(playground, CITRA, TELEGRAM) == ["Softly."]
    assert sees(playground, BUDI, TELEGRAM) == []
    for place, act in ((DISCORD, whisper), (TELEGRAM, replace(whisper, account=FANI.account))):
        with pytest.raises(Refused):
            await playground.act(place, act, "w")


async def test_a_tag_is_short(playground: Playground) -> None:
    await playground.act(TELEGRAM, Tag(CITRA, "Buddy of week 48"), "t")
    assert playground.rooms[TELEGRAM].tags == {CITRA: "Buddy of week 48"}
    with pytest.raises(Refused):
        await playground.act(TELEGRAM, Tag(CITRA, "Buddy of the week"), "t")
    await playground.act(TELEGRAM, Tag(CITRA, ""), "t")
    assert playground.rooms[TELEGRAM].tags == {}


async def test_everybody_has_the_power_of_their_standing(playground: Playground) -> None:
    own = frozenset({Ability.DELETE, Ability.PIN, Ability.RESTRICT})
    every = frozenset(Ability)
    for place in GROUPS:
        assert await playground.power(place, ANI) == Power(Role.ORGANISER, every, 2, owner=True, here=True)
        assert await playground.power(place, BUDI) == Power(Role.MODERATOR, own, 1, here=True)
        assert await playground.power(place, EKO) == Power(Role.MEMBER, here=True)
        assert await playground.power(place, FANI.account) == Power()
        assert await playground.power(place, None) == Power(Role.ORGANISER, every, 3, bot=True, here=True)
    playground.may(TELEGRAM, Ability.PIN, height=1)
    assert await playground.power(TELEGRAM, None) == Power(
        Role.ORGANISER, frozenset({Ability.PIN}), 1, bot=True, here=True
    )
    assert await playground.power(Place("playground", "ani"), ANI) == Power()


ACTS: list[tuple[Ability, Callable[[Ref], Act]]] = [
    (Ability.RESTRICT, lambda _: Mute(CITRA)),
    (Ability.RESTRICT, lambda _: Unmute(CITRA)),
    (Ability.BAN, lambda _: Ban(CITRA)),
    (Ability.BAN, lambda _: Unban(CITRA)),
    (Ability.PIN, Pin),
    (Ability.PIN, Unpin),
    (Ability.DELETE, Remove),
    (Ability.LOCK, lambda _: Lock()),
    (Ability.LOCK, lambda _: Unlock()),
    (Ability.TAG, lambda _: Tag(CITRA, "x")),
    (Ability.ADMIT, lambda _: Admit(FANI.account)),
    (Ability.ADMIT, lambda _: Decline(FANI.account)),
]


@pytest.mark.parametrize(("ability", "act"), ACTS)
async def test_the_bot_does_nothing_that_it_may_not(
    playground: Playground, ability: Ability, act: Callable[[Ref], Act]
) -> None:
    entry = await said(playground, CITRA, TELEGRAM, "hi")
    await playground.knock(stranger(playground), TELEGRAM)
    wanted = act(Ref(TELEGRAM, entry.id))
    playground.may(TELEGRAM, *set(Ability) - {ability})
    with pytest.raises(Refused):
        await playground.act(TELEGRAM, wanted, "a")
    with pytest.raises(Refused):
        await playground.act(Place("playground", "ani"), wanted, "a")
    playground.may(TELEGRAM, ability)
    await playground.act(TELEGRAM, wanted, "a")


@pytest.mark.parametrize("act", [Mute, Ban])
async def test_nobody_is_put_down_who_stands_as_high(playground: Playground, act: Callable[[Account], Act]) -> None:
    async def refuses(account: Account) -> bool:
        try:
            await playground.act(TELEGRAM, act(account), "a")
        except Refused:
            return True
        return False

    playground.may(TELEGRAM, *Ability, height=1)
    assert [await refuses(who) for who in (BUDI, CITRA)] == [True, False]
    playground.may(TELEGRAM, *Ability)
    assert [await refuses(who) for who in (ANI, FANI.account, BUDI)] == [True, True, False]
