"""One unit of work: the repositories on one link."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from storage.arrival import Arrivals
from storage.badge import Badges
from storage.board import Board
from storage.card import Cards
from storage.community import Communities
from storage.door import Holds, Knocks, Newcomers
from storage.draft import Drafts
from storage.faq import Faqs
from storage.feed import Feeds
from storage.file import Files
from storage.focus import Focuses
from storage.host import Hosts
from storage.invite import Invites
from storage.item import Items
from storage.job import Jobs
from storage.joining.code import Links
from storage.joining.group import Joinings
from storage.ledger import Ledger
from storage.library import Library
from storage.link import Link
from storage.mirror import Mirrors
from storage.moderation import Records, Sanctions
from storage.noise import Noises
from storage.notice import Notices
from storage.pair import Pairs
from storage.participation import Participations
from storage.pending import Pendings
from storage.people import People
from storage.person.privacy import Privacy
from storage.person.union import Unions
from storage.pin import Locks, Pins
from storage.practice import Practices
from storage.presence import Presences
from storage.question import Questions
from storage.quiz import Quizzes
from storage.recall import Recalls
from storage.report import Reports
from storage.rota import Rotas
from storage.round import Rounds
from storage.rules import Proposals, Rules
from storage.search import Searches
from storage.session import Leads, Rsvps, Sessions
from storage.suggestion import Suggestions
from storage.thanks import Gratitude, Recognitions
from storage.vote import Votes

R = TypeVar("R")


class Made(Generic[R]):
    """A repository of a unit, made when it is first asked for: most units need a few of them."""

    def __init__(self, kind: Callable[[Link], R]) -> None:
        self._kind = kind
        self._name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        """Know under which name it is kept."""
        self._name = name

    def __get__(self, unit: Any, owner: type) -> R:
        """Make it, and keep it in the unit, where it is found first from then on."""
        made: R = self._kind(unit.link)
        unit.__dict__[self._name] = made
        return made


class Unit:
    """See `bot.repository.Unit`."""

    def __init__(self, link: Link) -> None:
        self.link = link

    arrivals = Made(Arrivals)
    communities = Made(Communities)
    people = Made(People)
    items = Made(Items)
    quizzes = Made(Quizzes)
    ledger = Made(Ledger)
    badges = Made(Badges)
    pairs = Made(Pairs)
    practices = Made(Practices)
    pendings = Made(Pendings)
    jobs = Made(Jobs)
    cards = Made(Cards)
    rounds = Made(Rounds)
    recalls = Made(Recalls)
    drafts = Made(Drafts)
    files = Made(Files)
    noises = Made(Noises)
    notices = Made(Notices)
    votes = Made(Votes)
    searches = Made(Searches)
    library = Made(Library)
    questions = Made(Questions)
    faqs = Made(Faqs)
    sanctions = Made(Sanctions)
    records = Made(Records)
    holds = Made(Holds)
    knocks = Made(Knocks)
    newcomers = Made(Newcomers)
    pins = Made(Pins)
    locks = Made(Locks)
    reports = Made(Reports)
    proposals = Made(Proposals)
    rules = Made(Rules)
    rotas = Made(Rotas)
    sessions = Made(Sessions)
    rsvps = Made(Rsvps)
    leads = Made(Leads)
    presences = Made(Presences)
    invites = Made(Invites)
    feeds = Made(Feeds)
    focuses = Made(Focuses)
    hosts = Made(Hosts)
    mirrors = Made(Mirrors)
    participations = Made(Participations)
    suggestions = Made(Suggestions)
    gratitude = Made(Gratitude)
    recognitions = Made(Recognitions)
    board = Made(Board)
    privacy = Made(Privacy)
    unions = Made(Unions)
    links = Made(Links)
    joinings = Made(Joinings)
