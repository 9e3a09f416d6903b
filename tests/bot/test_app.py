"""The one road of an event: counted once, checked for rights, rolled back as a whole, answered after the commit."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Annotated, Any

import pytest

from bot.app import STALE, App
from bot.chat.errors import PlatformError, Refusal, Refused, Unavailable, Unreachable
from bot.chat.events import Incoming, Invoked, Joined, Left, Opened, Pressed, Sender, Typed
from bot.chat.message import Message, Outcome, Reply, Toast, say
from bot.chat.places import Account, Place, Ref, Role
from bot.chat.press import sign
from bot.chat.text import Run, T
from bot.command import Arg, Choice, Example, Feature, action, command
from bot.context import Context
from bot.dialogue import PATIENCE, go
from bot.domain.community import Community, Venue
from bot.domain.people import Member
from bot.ports import Said
from storage.store import DatabaseStore
from tests.bot.nasty import bad_inputs

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
KEYS = [b"k" * 32]
GROUP, OTHER, HOME = Place("wire", "g1"), Place("wire", "g2"), Place("wire", "ani")
ANI, BUDI = Account("wire", "ani"), Account("wire", "budi")
HELP = T("Anything")


async def count(ctx: Context, by: int = 1) -> int:
    """A number that is stored with the effect: how long the group's goal is."""
    community = replace(ctx.community, goal=ctx.community.goal + "x" * by)
    await ctx.unit.communities.save(community)
    return len(community.goal)


def line(path: str, right: Role = Role.MEMBER, **more: Any) -> Callable[..., Any]:
    return command(path, right=right, summary=HELP, examples=(Example(f"/{path}", HELP),), **more)


@line("more")
async def more(ctx: Context, by: Annotated[int, Arg(HELP, most=9)] = 1) -> Outcome:
    return say(f"now {await count(ctx, by)}")


@line("order", Role.ORGANISER)
async def order(ctx: Context) -> Outcome:
    return say(f"now {await count(ctx)}")


@line("refuse")
async def refuse(ctx: Context) -> Outcome:
    await count(ctx)
    raise Refusal(T("Skip"))


@line("break")
async def break_(ctx: Context) -> Outcome:
    await count(ctx)
    raise LookupError("broken on purpose")


@line("ask")
async def ask(
    ctx: Context,
    question: Annotated[str, Arg(HELP, ask=T("What is the question?"), most=40)],
    level: Annotated[str, Arg(HELP, choices=(Choice("easy", "Easy one"), Choice("hard", "Hard one")))],
    topic: Annotated[str, Arg(HELP, later=True)] = "",
) -> Outcome:
    return say(f"{question}|{level}|{topic}|{await count(ctx)}")


@line("whoami", Role.GUEST, anywhere=True, role_aware=True)
async def whoami(ctx: Context) -> Outcome:
    return say(f"{ctx.role.name} {ctx.found.id if ctx.found else 0}")


@line("name", Role.GUEST, anywhere=True)
async def name(ctx: Context) -> Outcome:
    return say(ctx.person.name)


@line("start", Role.GUEST, anywhere=True)
async def start(ctx: Context) -> Outcome:
    return say("hello")


@action("plus", right=Role.MEMBER)
async def plus(ctx: Context, by: int) -> Outcome:
    return Toast(T("{n} day", "{n} days", n=await count(ctx, by)))


@action("rule", right=Role.ORGANISER)
async def rule(ctx: Context, word: str) -> Outcome:
    return Reply(say(f"{word} {await count(ctx)}"), replaces=True, public=True)


FEATURE = Feature(commands=(more, order, refuse, break_, ask, whoami, name, start), actions=(plus, rule))


@dataclass
class Wire:
    """A platform at the edge: who stands how where, and what it answers when it is asked."""

    roles: dict[tuple[str, str], Role] = field(default_factory=dict)
    error: PlatformError | None = None
    name: str = "wire"
    repeats_safely: bool = False

    async def role(self, place: Place, account: Account) -> Role:
        if self.error:
            raise self.error
        return self.roles.get((place.chat, account.id), Role.GUEST)

    async def private(self, account: Account) -> Place:
        return Place("wire", account.id)

    async def send(self, place: Place, message: Message, key: str) -> Ref:
        return Ref(place, "1")

    async def edit(self, ref: Ref, message: Message) -> None: ...

    async def delete(self, ref: Ref) -> None: ...

    def invite(self) -> str:
        return ""


class Road:
    """An app on a real store with two communities in two places, and what it answered."""

    def __init__(self, store: DatabaseStore) -> None:
        self.store = store
        self.wire = Wire()
        self.now = NOW
        self.number = 0
        self.said: list[Said] = []
        self.app = self.fresh()

    def fresh(self) -> App:
        """The app as another process would have it."""
        app = App((FEATURE,), self.store, KEYS, lambda: self.now, Random(5))
        app.platforms["wire"] = self.wire
        return app

    async def hears(self, event: Incoming) -> str:
        """The words of the answer, "" for silence."""
        self.said.clear()

        async def answer(said: Said) -> None:
            self.said.append(said)

        await self.app.handle(event, answer)
        await self.app.drain()
        return "\n".join(_words(said.message) for said in self.said)

    def parts(self, who: Account | None, place: Place, key: str, **sender: Any) -> dict[str, Any]:
        self.number += 1
        return {
            "key": key or str(self.number),
            "at": self.now,
            "place": place,
            "sender": Sender(who, name="Ani", language="en", **sender),
            "private": place.chat in ("ani", "budi"),
        }

    async def says(
        self,
        text: str,
        who: Account | None = ANI,
        place: Place = GROUP,
        key: str = "",
        values: Mapping[str, str] | None = None,
        sent: datetime | None = None,
        **sender: Any,
    ) -> str:
        parts = self.parts(who, place, key, **sender)
        if text.startswith("/"):
            return await self.hears(Invoked(line=text[1:], values=values, sent=sent, **parts))
        return await self.hears(Typed(text=text, **parts))

    async def presses(self, data: str, who: Account | None = ANI, place: Place = GROUP, key: str = "", **s: Any) -> str:
        return await self.hears(Pressed(data=data, **self.parts(who, place, key, **s)))

    def button(self, label: str) -> str:
        """The payload of a button of the last answer."""
        buttons = (button for said in self.said for row in said.message.rows for button in row)
        press = next(button.press for button in buttons if button.label == label)
        assert press is not None
        return self.app.sign(press)

    async def counted(self, community: int = 1) -> int:
        async with self.store.read() as unit:
            found = await unit.communities.get(community)
        assert found is not None
        return len(found.goal)


def _words(message: Message) -> str:
    lines = (block.line for block in message.blocks)  # type: ignore[union-attr]
    return "\n".join("".join(run.text for run in line if isinstance(run, Run)) for line in lines)


@pytest.fixture
async def road(sqlite_address: str) -> AsyncIterator[Road]:
    store = DatabaseStore(sqlite_address)
    async with store.begin() as unit:
        for place in (GROUP, OTHER):
            community = await unit.communities.add(Community(0, place.chat, NOW, language="en"))
            await unit.communities.put_venue(Venue(community.id, place, place.chat))
    made = Road(store)
    await made.says("/whoami")
    async with store.begin() as unit:
        person = (await unit.arrivals.of(GROUP, ANI)).person
        assert person is not None
        await unit.people.save_member(Member(1, person.id, tipped=True))
    yield made
    await made.app.drain()
    await made.app.outbox.drain()
    await store.close()


class TestOnce:
    """An event counts once, wholly or not at all."""

    async def test_an_event_that_comes_twice_counts_once(self, road: Road) -> None:
        assert await road.says("/more", key="same") == "now 1"
        assert await road.says("/more", key="same") == ""
        road.app = road.fresh()
        assert await road.says("/more", key="same") == ""
        assert await road.counted() == 1

    async def test_a_press_that_comes_twice_counts_once(self, road: Road) -> None:
        data = sign(plus(1, 2), KEYS)
        assert await road.presses(data, key="p") == "2 days"
        assert await road.presses(data, key="p") == ""
        assert await road.presses(data, key="q") == "4 days"

    async def test_the_same_event_in_two_processes_counts_once(self, road: Road) -> None:
        apps = [road.fresh() for _ in range(4)]
        heard: list[Said] = []

        async def answer(said: Said) -> None:
            heard.append(said)

        event = Invoked(line="more", **road.parts(ANI, GROUP, "same"))
        await asyncio.gather(*(app.handle(event, answer) for app in apps))
        await asyncio.gather(*(app.drain() for app in apps))
        assert len(heard) == 1
        assert await road.counted() == 1

    async def test_a_refusal_undoes_everything_and_is_told(self, road: Road) -> None:
        assert await road.says("/refuse") == "Skip"
        assert road.said[0].toast
        assert await road.counted() == 0

    async def test_our_own_failure_undoes_everything_and_gives_a_code(self, road: Road) -> None:
        told = await road.says("/break", key="broken")
        assert "E-" in told
        assert "Nothing changed" in told
        assert "LookupError" not in told
        assert await road.counted() == 0
        assert "E-" in await road.says("/break", key="broken"), "it was not counted as done"

    async def test_an_event_is_not_acknowledged_while_the_store_cannot_take_it(
        self, road: Road, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def locked() -> None:
            raise Unavailable("locked")

        with monkeypatch.context() as broken:
            broken.setattr(road.store, "begin", locked)
            with pytest.raises(Unavailable):
                await road.says("/more", key="k")
        assert await road.says("/more", key="k") == "now 1"

    async def test_an_answer_that_fails_stops_nothing(self, road: Road) -> None:
        async def answer(said: Said) -> None:
            raise ConnectionError

        await road.app.handle(Invoked(line="more", **road.parts(ANI, GROUP, "")), answer)
        await road.app.drain()
        assert await road.says("/more") == "now 2"

    async def test_what_one_person_does_is_settled_in_order(self, road: Road) -> None:
        heard: list[str] = []

        async def answer(said: Said) -> None:
            heard.append(_words(said.message))

        events = [Invoked(line="more", **road.parts(ANI, GROUP, "")) for _ in range(20)]
        await asyncio.gather(*(road.app.handle(event, answer) for event in events))
        await road.app.drain()
        assert heard == [f"now {number}" for number in range(1, 21)]

    async def test_what_many_people_do_at_once_all_counts(self, road: Road) -> None:
        people = [Account("wire", f"p{number}") for number in range(20)]
        events = [Pressed(data=sign(plus(1, 1), KEYS), **road.parts(who, GROUP, "")) for who in people]

        async def answer(said: Said) -> None:
            assert said.toast

        await asyncio.gather(*(road.app.handle(event, answer) for event in events))
        assert await road.counted() == 20

    async def test_an_old_command_is_not_run(self, road: Road) -> None:
        assert await road.says("/more", sent=road.now - STALE - timedelta(seconds=1)) == ""
        assert await road.says("/more", sent=road.now - STALE) == "now 1"


class TestRight:
    """A right counts at the moment of the act, in this group, as the platform says."""

    @pytest.mark.parametrize("role", Role)
    async def test_only_the_standing_that_is_needed_is_enough(self, road: Road, role: Role) -> None:
        road.wire.roles["g1", "ani"] = role
        told = await road.says("/order")
        assert (told == "now 1") == (role is Role.ORGANISER)
        assert await road.counted() == (1 if role is Role.ORGANISER else 0)

    async def test_a_standing_that_came_with_the_event_is_not_asked_for(self, road: Road) -> None:
        road.wire.error = Unreachable()
        assert await road.says("/order", role=Role.ORGANISER) == "now 1"
        assert "organisers" in await road.says("/order", role=Role.MODERATOR)

    async def test_a_right_that_was_taken_away_is_gone_at_once(self, road: Road) -> None:
        road.wire.roles["g1", "ani"] = Role.ORGANISER
        data = sign(rule(1, "on"), KEYS)
        assert await road.presses(data) == "on 1"
        road.wire.roles["g1", "ani"] = Role.MEMBER
        assert "organisers" in await road.presses(data)

    async def test_a_right_in_one_group_is_none_in_another(self, road: Road) -> None:
        road.wire.roles["g2", "ani"] = Role.ORGANISER
        assert "organisers" in await road.says("/order")
        assert (await road.says("/order", place=OTHER)).startswith("now 1")

    async def test_nothing_is_done_when_the_platform_cannot_be_asked(self, road: Road) -> None:
        road.wire.error = Refused("no")
        assert "couldn't check" in await road.says("/order")
        assert await road.says("/more") == "now 1"

    async def test_a_granted_standing_counts_for_those_whom_the_platform_knows(self, road: Road) -> None:
        async with road.store.begin() as unit:
            person = (await unit.arrivals.of(GROUP, ANI)).person
            assert person is not None
            await unit.people.save_member(Member(1, person.id, Role.ORGANISER, tipped=True))
        road.wire.roles["g1", "ani"] = Role.MEMBER
        assert await road.says("/order") == "now 1"
        road.wire.roles["g1", "ani"] = Role.GUEST
        assert "organisers" in await road.says("/order")

    async def test_an_anonymous_administrator_has_the_right_but_is_nobody(self, road: Road) -> None:
        assert await road.says("/order", who=None, role=Role.ORGANISER) == "now 1"
        assert "anonymous" in await road.says("/name", who=None, role=Role.ORGANISER)
        assert "organisers" in await road.says("/order", who=None)

    @pytest.mark.parametrize(("name", "raw"), bad_inputs("name"))
    async def test_no_name_gives_a_right(self, road: Road, name: str, raw: str) -> None:
        parts = road.parts(BUDI, GROUP, "")
        sender = Sender(BUDI, name=raw, language="en")
        assert "organisers" in await road.hears(Invoked(line="order", **{**parts, "sender": sender}))


class TestScope:
    """A button belongs to its group, and sometimes to one person."""

    async def test_a_button_pressed_in_another_group_is_refused(self, road: Road) -> None:
        road.wire.roles["g2", "ani"] = Role.ORGANISER
        for press in (plus(1, 1), rule(1, "on")):
            assert "another group" in await road.presses(sign(press, KEYS), place=OTHER)
        assert await road.counted(1) == await road.counted(2) == 0

    async def test_in_private_a_button_works_for_members_of_its_group(self, road: Road) -> None:
        data = sign(plus(1, 1), KEYS)
        assert await road.presses(data, place=HOME) == "1 day"
        assert "Only members" in await road.presses(data, who=BUDI, place=Place("wire", "budi"))

    async def test_in_private_the_standing_in_the_button_s_group_counts(self, road: Road) -> None:
        road.wire.roles["g2", "ani"] = Role.ORGANISER
        assert "organisers" in await road.presses(sign(rule(1, "on"), KEYS), place=HOME)
        road.wire.roles["g1", "ani"] = Role.ORGANISER
        assert await road.presses(sign(rule(1, "on"), KEYS), place=HOME) == "on 1"

    async def test_a_button_for_one_person_is_no_one_else_s(self, road: Road) -> None:
        data = sign(plus(1, 1, owner=1), KEYS)
        assert "somebody else" in await road.presses(data, who=BUDI)
        assert await road.presses(data) == "1 day"

    @pytest.mark.parametrize(("name", "data"), bad_inputs("callback"))
    async def test_a_payload_that_we_did_not_sign_is_refused(self, road: Road, name: str, data: str) -> None:
        assert "Send the command again" in await road.presses(data)

    async def test_a_button_of_a_capability_that_is_gone_says_so(self, road: Road) -> None:
        data = sign(replace(plus(1, 1), action="gone"), KEYS)
        assert "too old" in await road.presses(data)

    async def test_a_button_runs_a_command(self, road: Road) -> None:
        assert await road.presses(sign(go("more", scope=1), KEYS)) == "now 1"

    async def test_an_unknown_command_is_silence_in_a_group_and_a_hint_in_private(self, road: Road) -> None:
        assert await road.says("/nonsense") == ""
        assert "/more" in await road.says("/moore", place=HOME)
        assert "/help" in await road.says("/zzzzz", place=HOME)

    async def test_free_text_is_silence_in_a_group_and_a_hint_in_private(self, road: Road) -> None:
        assert await road.says("hello everybody") == ""
        assert await road.says("hello", who=None) == ""
        assert "/help" in await road.says("hello", place=HOME)


class TestDialogue:
    """A missing argument is a question; the next words of that person there are the answer."""

    async def test_what_is_missing_is_asked_for_one_by_one(self, road: Road) -> None:
        assert "What is the question?" in await road.says("/ask")
        assert road.said[0].message.asks
        assert road.said[0].form is not None
        assert road.said[0].form.params == ("question", "level", "topic")
        await road.says("Why?")
        await road.presses(road.button("Hard one"))
        assert await road.presses(road.button("Skip")) == "Why?|hard||1"
        assert await road.says("more words") == ""

    async def test_a_question_outlives_a_restart(self, road: Road) -> None:
        await road.says("/ask")
        road.app = road.fresh()
        assert "Anything" in await road.says("Why?")

    async def test_only_the_asked_person_s_words_in_that_place_are_the_answer(self, road: Road) -> None:
        await road.says("/ask")
        assert await road.says("I know!", who=BUDI) == ""
        assert "/help" in await road.says("Why?", place=HOME)
        assert "somebody else" in await road.presses(road_cancel(road), who=BUDI)
        assert "Anything" in await road.says("Why?")

    async def test_a_bad_answer_is_refused_and_may_be_given_again(self, road: Road) -> None:
        await road.says("/ask")
        assert "too long" in await road.says("x" * 41)
        assert "Anything" in await road.says("Why?")

    async def test_a_cancelled_question_is_forgotten(self, road: Road) -> None:
        await road.says("/ask")
        cancel = road.button("Cancel")
        assert await road.presses(cancel) == "Cancelled. Nothing was saved."
        assert await road.says("Why?") == ""
        assert "no longer open" in await road.presses(cancel)

    async def test_a_question_is_forgotten_after_a_while(self, road: Road) -> None:
        await road.says("/ask")
        cancel = road.button("Cancel")
        road.now += PATIENCE + timedelta(seconds=1)
        assert await road.says("Why?") == ""
        assert "no longer open" in await road.presses(cancel)

    async def test_another_command_ends_the_question(self, road: Road) -> None:
        await road.says("/ask")
        await road.says("/more")
        assert await road.says("Why?") == ""

    async def test_named_values_fill_at_once(self, road: Road) -> None:
        values = {"question": "Why?", "level": "Easy one", "topic": "sky"}
        assert await road.says("/ask", values=values) == "Why?|easy|sky|1"

    async def test_a_right_lost_during_the_dialogue_ends_it(self, road: Road) -> None:
        await road.says("/ask")
        async with road.store.begin() as unit:
            await unit.people.save_member(Member(1, 1, Role.GUEST, tipped=True))
        assert "Only members" in await road.says("Why?")


def road_cancel(road: Road) -> str:
    """The button that cancels what Ani is asked."""
    return sign(replace(plus(1, 1, owner=1), action="cancel", args=()), KEYS)


class TestArrival:
    """The bot's own coming and going, and links into the private chat."""

    async def test_a_new_place_is_a_new_community_in_the_adder_s_language(self, road: Road) -> None:
        place = Place("wire", "g3")
        await road.hears(Joined(title="Kelas\0 Baru", **road.parts(ANI, place, "")))
        async with road.store.read() as unit:
            arrival = await unit.arrivals.of(place, ANI)
        assert arrival.community is not None
        assert (arrival.community.name, arrival.community.language) == ("Kelas Baru", "en")

    async def test_a_place_that_was_left_is_paused_until_we_are_back(self, road: Road) -> None:
        for event, paused in ((Left, True), (Joined, False)):
            await road.hears(event(**road.parts(ANI, GROUP, "")))
            async with road.store.read() as unit:
                venue = (await unit.arrivals.of(GROUP, None)).venue
            assert venue is not None
            assert venue.paused is paused
            assert venue.community == 1

    async def test_whether_private_messages_are_open_is_remembered(self, road: Road) -> None:
        for can_write in (True, False, True):
            await road.hears(Opened(can_write=can_write, **road.parts(ANI, HOME, "")))
            async with road.store.read() as unit:
                assert await unit.people.can_write(ANI) is can_write

    async def test_a_deep_link_goes_on_in_private_once(self, road: Road) -> None:
        event = Invoked(line="more 3", **road.parts(ANI, GROUP, ""))
        payload = await road.app.ticket(event)
        assert await road.says(f"/start {payload}", place=HOME) == "now 3"
        assert "no longer open" in await road.says(f"/start {payload}", place=HOME)
        assert await road.counted() == 3

    async def test_somebody_else_s_deep_link_is_refused(self, road: Road) -> None:
        payload = await road.app.ticket(Invoked(line="more 3", **road.parts(ANI, GROUP, "")))
        assert "somebody else" in await road.says(f"/start {payload}", who=BUDI, place=Place("wire", "budi"))
        assert await road.counted() == 0

    @pytest.mark.parametrize("payload", ["join_-1001234567890", "A" * 65, "\\", "1more_1_0", ""])
    async def test_any_other_payload_is_a_plain_start(self, road: Road, payload: str) -> None:
        assert await road.says(f"/start {payload}", place=HOME) == "hello"

    async def test_in_private_the_only_group_is_meant(self, road: Road) -> None:
        assert await road.says("/more", place=HOME) == "now 1"

    async def test_in_private_one_of_several_groups_is_chosen(self, road: Road) -> None:
        await road.says("/more", place=OTHER)
        assert "Which group" in await road.says("/more", place=HOME)
        assert [row[0].label for row in road.said[0].message.rows] == ["g1", "g2"]

    async def test_in_private_without_a_group_the_way_is_shown(self, road: Road) -> None:
        assert "study group" in await road.says("/more", who=BUDI, place=Place("wire", "budi"))
