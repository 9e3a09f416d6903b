"""A month of a group's life, in every table that a group has."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from bot.chat.places import Account, Place, Ref, Role
from bot.domain.badge import Badge
from bot.domain.board import Meeting, Side, Slip
from bot.domain.community import Community, Venue
from bot.domain.door import Knock, Newcomer
from bot.domain.faq import Faq
from bot.domain.held import Held
from bot.domain.jobs import Job
from bot.domain.library import Kind as Sort
from bot.domain.library import Mark, Resource
from bot.domain.link import Code, Purpose, digest
from bot.domain.lock import Lock
from bot.domain.moderation import Deed, Evidence, Kind, Record, Sanction
from bot.domain.pair import Pair
from bot.domain.pair import State as Bond
from bot.domain.people import Member
from bot.domain.pin import Pin
from bot.domain.points import Reason, award, first_reward, fix, question_reward, reward, undo
from bot.domain.proposal import Kind as Wish
from bot.domain.proposal import Proposal
from bot.domain.question import Answer, Question
from bot.domain.quiz import Answer as Given
from bot.domain.quiz import Kind as Form
from bot.domain.recall import Memory, meet
from bot.domain.report import Report, Voice
from bot.domain.rota import Reply, Turn, monday
from bot.domain.round import Phase, Player, Round
from bot.domain.rules import Edition
from bot.domain.search import Entry
from bot.domain.streak import Streak
from bot.domain.suggestion import Ballot, Suggestion, month_of
from bot.domain.thanks import Recognition, Thanks, Way
from bot.domain.watch import Sign
from bot.ports import Unit
from bot.repository import Notice, Pending, Stored
from tests.storage.meeting import meetings
from tests.storage.sample import NOW, TODAY, item, quiz_of

DAYS = 30
BEGIN = NOW - timedelta(days=DAYS)


@dataclass(frozen=True, slots=True)
class Life:
    """A group with its people, one of whom may be in another group too."""

    id: int
    place: Place
    people: tuple[int, ...]


async def life(unit: Unit, platform: str, chat: str, seed: int, also: int = 0) -> Life:
    """Fill a group with a month; the person `also` is a member beside its own people."""
    group = await unit.communities.add(Community(0, f"Kelas {chat}", BEGIN))
    place = Place(platform, chat)
    await unit.communities.put_venue(Venue(group.id, place, "Kelas"))
    own = [(await unit.people.add(Account(platform, f"{chat}{n}"), f"Orang {chat}{n}", "id")).id for n in range(4)]
    people = (*own, also) if also else tuple(own)
    rng = Random(seed)
    for number, person in enumerate(people):
        role = Role.ORGANISER if not number else Role.MEMBER
        streak = Streak(seed + number, seed + number + 2, 1, TODAY - timedelta(days=number))
        await unit.people.join(Member(group.id, person, role, number != 1, True, streak, 19, role, 0, BEGIN))
    first = await unit.people.get(own[0])
    assert first
    await unit.people.save(replace(first, home=group.id))
    here = Life(group.id, place, people)
    await _quizzes(unit, group, here, rng)
    await _questions(unit, group, here, rng)
    await _library(unit, here, rng)
    await _wishes(unit, here, rng)
    await _moderation(unit, here, rng)
    await _points(unit, group, here, rng)
    await meetings(unit, group.id, place, people)
    await _work(unit, here)
    return here


def _days(rng: Random, count: int) -> list[datetime]:
    return sorted(BEGIN + timedelta(minutes=rng.randrange(DAYS * 24 * 60)) for _ in range(count))


async def _quizzes(unit: Unit, group: Community, here: Life, rng: Random) -> None:
    bank = [await unit.items.add(item(here.id, ("sel",)), BEGIN) for _ in range(6)]
    bank[0] = replace(bank[0], source="Q1", picture="0f" * 32, author=here.people[1])
    await unit.items.save(bank[0])
    await unit.items.remember(bank[1], here.people[0], "edit", BEGIN)
    await unit.files.put(Stored(here.id, "0f" * 32, "sel.png", "image/png", b"\x89PNG"))
    for day in range(0, DAYS, 3):
        quiz = await unit.quizzes.add(quiz_of(here.id, TODAY - timedelta(days=day), *bank[:3]))
        assert quiz
        for person in here.people:
            for position in range(3):
                given = Given(position, str(rng.randrange(2)), bool(rng.randrange(2)))
                await unit.quizzes.answer(quiz, person, given, quiz.opens_at)
            entry = reward(group, person, Reason.QUIZ, quiz.id, quiz.opens_at)
            await unit.ledger.record(entry)
        await unit.quizzes.close(quiz, day)
    live = await unit.quizzes.add(replace(quiz_of(here.id, TODAY, *bank[3:]), day=None, kind=Form.ROUND))
    assert live
    await unit.rounds.add(Round(here.id, live.id, here.people[0], Phase.ENDED))
    await unit.rounds.join(Player(here.id, live.id, here.people[1], 1, NOW))
    await unit.recalls.put(meet(Memory(here.id, here.people[0], bank[0].id, None, BEGIN), False, NOW))
    await unit.practices.start(here.id, here.people[0], [each.id for each in bank[:2]])


async def _questions(unit: Unit, group: Community, here: Life, rng: Random) -> None:
    first = 0
    for at in _days(rng, 8):
        owner, helper = rng.sample(here.people, 2)
        asked = Question(here.id, 0, f"Apa itu sel {rng.random()}?", owner, at, at, tags=("sel",), original=first)
        question = await unit.questions.add(asked, owner)
        first = first or question.id
        answer = await unit.questions.add_answer(Answer(here.id, question.id, 0, "Unit hidup.", helper, at))
        await unit.questions.vote(here.id, question.id, answer.number, owner, at)
        await unit.questions.vote(here.id, question.id, 0, helper, at)
        await unit.ledger.record(question_reward(group, owner, question.id, at))
        entry = Entry(here.id, "question", question.id, question.text, "", ("sel",), at, f"Orang {owner}", ("open",))
        await unit.searches.put(entry)
        await unit.cards.put(here.id, f"question:{question.id}", Ref(here.place, f"m{question.id}"))
        job = Job(here.id, f"question-clock:{question.id}", "question-clock", question.id, NOW + timedelta(days=1))
        await unit.jobs.put(job)
    await unit.questions.save(replace(question, uses=("R1", "#1")))
    await unit.questions.mute(here.id, first, NOW + timedelta(days=2))
    for person in here.people:
        await unit.questions.help_with(here.id, person, "sel", BEGIN)
    assert await unit.questions.call_helpers(here.id, question.id, ("sel",), NOW, 3, NOW)
    await unit.faqs.add(Faq(here.id, 0, (f"sel {here.id}",), "Unit hidup.", here.people[0], NOW, question=first))


async def _library(unit: Unit, here: Life, rng: Random) -> None:
    origin = 0
    for at in _days(rng, 5):
        author, reader = rng.sample(here.people, 2)
        words = f"Sel {rng.random()}"
        shared = Resource(
            here.id, 0, Sort.LINK, words, author, at, f"https://a.example/{at}", tags=("sel",), origin=origin
        )
        stored = await unit.library.add(shared)
        origin = origin or stored.id
        await unit.library.mark(here.id, stored.id, reader, Mark.VOTE, at)
        await unit.searches.put(Entry(here.id, "resource", stored.id, words, "", ("sel",), at))
    await unit.searches.remember(here.id, here.people[0], "sel")


async def _wishes(unit: Unit, here: Life, rng: Random) -> None:
    made = []
    for at in _days(rng, 3):
        person = rng.choice(here.people)
        made.append((await unit.suggestions.add(Suggestion(here.id, 0, "Kuis malam", 0, at, at, True), person)).id)
        await unit.suggestions.vote(here.id, made[-1], rng.choice(here.people), at)
    closes = NOW + timedelta(days=3)
    await unit.suggestions.put_ballot(Ballot(here.id, month_of(TODAY), closes, tuple(made), True, (1, 2, 0), 2))
    slips = [
        await unit.board.add(Slip(here.id, 0, side, "Laptop", here.people[n], BEGIN, closes, ("alat",)))
        for n, side in enumerate((Side.NEED, Side.OFFER))
    ]
    await unit.board.add_meeting(Meeting(here.id, 0, slips[0].id, slips[1].id, here.people[0], here.people[1]))
    await unit.rotas.join(here.id, here.people[0], monday(TODAY))
    turn = Turn(here.id, monday(TODAY), 1, here.people[0])
    await unit.rotas.put(turn)
    await unit.rotas.note(turn, here.people[0], next(iter(Reply)))


async def _moderation(unit: Unit, here: Life, rng: Random) -> None:
    boss, person = here.people[0], here.people[-1]
    about = Ref(here.place, "77")
    given = await unit.sanctions.add(
        Sanction(here.id, 0, Kind.WARNING, person, boss, NOW, "Spam", 1, NOW + timedelta(days=20), rule=1)
    )
    muted = Sanction(here.id, 0, Kind.MUTE, person, boss, NOW, "Spam", cause=given.id, evidence=Evidence("x", about))
    await unit.sanctions.add(muted)
    await unit.records.add(Record(here.id, 0, Deed.WARN, boss, NOW, person, given.id, "Spam"))
    await unit.pins.add(Pin(here.id, 0, about, boss, NOW, "Jadwal"))
    await unit.locks.add(Lock(here.id, 0, here.place, boss, NOW))
    report = await unit.reports.open(Report(here.id, 0, about, person, "spam", NOW))
    await unit.reports.speak(here.id, Voice(report.id, boss, NOW, "spam"))
    await unit.proposals.add(Proposal(here.id, 0, next(iter(Wish)), boss, NOW, person))
    await unit.holds.add(Held(here.id, 0, about, person, NOW, (next(iter(Sign)),), "spam"))
    account = Account(here.place.platform, f"{here.place.chat}9")
    await unit.knocks.add(Knock(here.id, 0, person, account, here.place, NOW))
    await unit.newcomers.put(Newcomer(here.id, person, account, here.place, NOW, rng.randrange(999)))
    edition = await unit.rules.add(Edition(here.id, 0, ("Sopan",), boss, NOW))
    await unit.rules.read(here.id, edition.version, person, NOW)


async def _points(unit: Unit, group: Community, here: Life, rng: Random) -> None:
    one, two = here.people[0], here.people[1]
    thanked = award(group, two, Reason.THANKS, f"thanks:{one}:{TODAY.toordinal()}:0", 0, NOW, by=one)
    for entry in (
        thanked,
        award(group, one, Reason.ANSWER, "answer:1001:0", 1001, NOW, by=two),
        undo(award(group, one, Reason.ANSWER, "answer:1001:0", 1001, NOW), NOW, group.zone, by=two),
        first_reward(group, one, NOW),
        fix(group, two, Reason.ITEM, 4, 1, NOW, by=one, note="Lupa"),
    ):
        assert await unit.ledger.record(entry)
    told = Ref(here.place, "88")
    await unit.gratitude.put(Thanks(here.id, one, two, told, NOW, Way.COMMAND, thanked.cause))
    await unit.recognitions.put(Recognition(here.id, one, 202610, False))
    for person in here.people:
        await unit.badges.give(here.id, person, [next(iter(Badge))], BEGIN + timedelta(days=rng.randrange(9)))
    await unit.pairs.put(Pair(here.id, here.people[-1], one, BEGIN, Bond.TOGETHER, 3 + one % 5, 4, TODAY))


async def _work(unit: Unit, here: Life) -> None:
    place, person = here.place, here.people[0]
    await unit.jobs.put(Job(here.id, f"daily-open:{TODAY.toordinal()}", "daily-open", TODAY.toordinal(), NOW))
    await unit.jobs.put(Job(here.id, f"pin-watch:1:{here.id}", "pin-watch", 1, NOW + timedelta(days=2)))
    await unit.cards.put(here.id, "welcome:0", Ref(place, "m-welcome"))
    cause = f"library-judged:1:p{person}"
    await unit.notices.put(Notice(here.id, person, cause, "library-judged", 1, NOW))
    await unit.noises.put(here.id, place, TODAY, f"ballot:1:{place.chat}", sounds=False)
    account = Account(place.platform, f"{place.chat}0")
    await unit.pendings.put(Pending(place, account, here.id, "ask", {}, "text", NOW + timedelta(minutes=9)))
    await unit.links.issue(Code(digest(f"{here.id}"), Purpose.PLACE, person, here.id, NOW + timedelta(minutes=9)))
