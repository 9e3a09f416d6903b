"""Study groups to store."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from bot.chat.places import Account, Place
from bot.domain.community import Community, Venue
from bot.domain.items import Item, ItemText, Kind, Number
from bot.domain.jobs import Job
from bot.domain.people import Member, Person
from bot.domain.points import Entry, Reason
from bot.domain.quiz import Quiz
from bot.ports import Unit
from storage.store import DatabaseStore

NOW = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)


@dataclass(frozen=True, slots=True)
class Group:
    """A stored group."""

    id: int
    place: Place
    ani: Person
    budi: Person
    quiz: Quiz

    def account(self, name: str) -> Account:
        """The account of a member."""
        return Account(self.place.platform, f"{self.place.chat}{name}")


async def group(store: DatabaseStore, chat: str) -> Group:
    """Store a group with two members, three items and an open quiz."""
    place = Place("telegram", chat)
    async with store.begin() as unit:
        community = await unit.communities.add(Community(0, f"Kelas {chat}", NOW))
        await unit.communities.put_venue(Venue(community.id, place, "Kelas"))
        ani, budi = [await _person(unit, community.id, chat, name) for name in ("ani", "budi")]
        items = [await unit.items.add(item(community.id, ("hukum",)), NOW) for _ in range(3)]
        quiz = await unit.quizzes.add(quiz_of(community.id, TODAY, *items))
        assert quiz
    return Group(community.id, place, ani, budi, quiz)


async def people(store: DatabaseStore, community: int, count: int) -> list[int]:
    """Store that many members and return their numbers."""
    async with store.begin() as unit:
        return [(await _person(unit, community, "crowd", str(number))).id for number in range(count)]


def item(community: int, tags: tuple[str, ...] = (), number: int = 0) -> Item:
    """An item with two languages."""
    words = {"id": ItemText("Apa?", ("ya", "tidak"), "Karena."), "en": ItemText("What?", ("yes", "no"))}
    return Item(community, number, words, (1,), 7, tags, 3, "Bab 1")


def kinds(community: int) -> list[Item]:
    """An item of every kind, with words that must not be changed on the way."""
    formula = ItemText(
        "$\\hat{x}_{1}\\% <b>'\"` \U0001f9d1\u200d\U0001f393 e\u0301 \u00e9 \u202e \x01", ("`a\\n`", "a\n\tb", "\ufeff")
    )
    told = replace(formula, explanation="'; DROP TABLE item --", feedback=("", "\u2028", "%s {0} :x"))
    bare = ItemText("Benar? \x7f")
    made = Item(community, 0, {"id": told, "x-odd": bare}, (1,), 7, ("a'b", "%", "\u7fd2"), 1, "Bab \\1")
    number = Number(Decimal("9.8100"), Decimal("1E-30"), "m/s\u00b2")
    return [
        made,
        replace(made, kind=Kind.SEVERAL, right=(0, 2)),
        replace(made, kind=Kind.TRUTH, texts={"id": bare}, right=(0,)),
        replace(made, kind=Kind.TEXT, texts={"id": replace(bare, answers=("DNA", "d.n.a "))}, right=()),
        replace(made, kind=Kind.NUMBER, texts={"id": bare}, right=(), number=number),
        replace(made, kind=Kind.ORDER, right=(), picture="0f" * 32, reviewer=9, version=3),
    ]


def quiz_of(community: int, day: date, *items: Item) -> Quiz:
    """An open quiz of that day over these items."""
    opens = NOW + (day - TODAY)
    return Quiz(community, 0, day, opens, opens + timedelta(hours=13), items)


def entry(community: int, person: int, subject: int = 1, amount: int = 1, month: int = 202611) -> Entry:
    """An entry whose cause is its subject and its person."""
    cause = f"quiz:{subject}:{person}"
    return Entry(community, person, cause, Reason.QUIZ, amount, subject, month, NOW + timedelta(seconds=subject))


def job(community: int, key: str = "card:1", place: Place | None = None, after: float = 0) -> Job:
    """A job that is due that many seconds after NOW."""
    return Job(community, key, key.partition(":")[0], 1, NOW + timedelta(seconds=after), place)


async def _person(unit: Unit, community: int, chat: str, name: str) -> Person:
    person = await unit.people.add(Account("telegram", f"{chat}{name}"), name.title(), "id")
    await unit.people.join(Member(community, person.id))
    return person
