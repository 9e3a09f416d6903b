"""One unit of work: what a handler can ask of the store, by noun."""

from typing import Protocol

from bot.repository.board import Board
from bot.repository.door import Holds, Knocks, Newcomers
from bot.repository.feed import Feeds
from bot.repository.focus import Focuses
from bot.repository.group import Arrivals, Communities, People
from bot.repository.host import Hosts
from bot.repository.invite import Invites
from bot.repository.ledger import Badges, Ledger, Pairs
from bot.repository.library import Library
from bot.repository.link import Joinings, Links
from bot.repository.mirror import Mirrors
from bot.repository.moderation import Records, Sanctions
from bot.repository.participation import Participations
from bot.repository.pin import Locks, Pins
from bot.repository.presence import Presences
from bot.repository.privacy import Privacy
from bot.repository.question import Faqs, Questions
from bot.repository.quiz import Drafts, Files, Items, Practices, Quizzes, Recalls, Rounds, Votes
from bot.repository.report import Proposals, Reports, Rules
from bot.repository.rota import Rotas
from bot.repository.search import Searches
from bot.repository.session import Leads, Rsvps, Sessions
from bot.repository.suggestion import Suggestions
from bot.repository.thanks import Gratitude, Recognitions
from bot.repository.union import Unions
from bot.repository.work import Cards, Jobs, Noises, Notices, Pendings


class Unit(Protocol):
    """One unit of work: everything done through it is committed together or not at all."""

    @property
    def arrivals(self) -> Arrivals:
        """See `bot.repository.Arrivals`."""

    @property
    def communities(self) -> Communities:
        """See `bot.repository.Communities`."""

    @property
    def people(self) -> People:
        """See `bot.repository.People`."""

    @property
    def items(self) -> Items:
        """See `bot.repository.Items`."""

    @property
    def quizzes(self) -> Quizzes:
        """See `bot.repository.Quizzes`."""

    @property
    def ledger(self) -> Ledger:
        """See `bot.repository.Ledger`."""

    @property
    def badges(self) -> Badges:
        """See `bot.repository.Badges`."""

    @property
    def pairs(self) -> Pairs:
        """See `bot.repository.Pairs`."""

    @property
    def practices(self) -> Practices:
        """See `bot.repository.Practices`."""

    @property
    def pendings(self) -> Pendings:
        """See `bot.repository.Pendings`."""

    @property
    def jobs(self) -> Jobs:
        """See `bot.repository.Jobs`."""

    @property
    def cards(self) -> Cards:
        """See `bot.repository.Cards`."""

    @property
    def rounds(self) -> Rounds:
        """See `bot.repository.Rounds`."""

    @property
    def recalls(self) -> Recalls:
        """See `bot.repository.Recalls`."""

    @property
    def drafts(self) -> Drafts:
        """See `bot.repository.Drafts`."""

    @property
    def files(self) -> Files:
        """See `bot.repository.Files`."""

    @property
    def notices(self) -> Notices:
        """See `bot.repository.Notices`."""

    @property
    def noises(self) -> Noises:
        """See `bot.repository.Noises`."""

    @property
    def votes(self) -> Votes:
        """See `bot.repository.Votes`."""

    @property
    def searches(self) -> Searches:
        """See `bot.repository.Searches`."""

    @property
    def library(self) -> Library:
        """See `bot.repository.Library`."""

    @property
    def questions(self) -> Questions:
        """See `bot.repository.Questions`."""

    @property
    def faqs(self) -> Faqs:
        """See `bot.repository.Faqs`."""

    @property
    def sanctions(self) -> Sanctions:
        """See `bot.repository.Sanctions`."""

    @property
    def records(self) -> Records:
        """See `bot.repository.Records`."""

    @property
    def holds(self) -> Holds:
        """See `bot.repository.Holds`."""

    @property
    def knocks(self) -> Knocks:
        """See `bot.repository.Knocks`."""

    @property
    def newcomers(self) -> Newcomers:
        """See `bot.repository.Newcomers`."""

    @property
    def pins(self) -> Pins:
        """See `bot.repository.Pins`."""

    @property
    def locks(self) -> Locks:
        """See `bot.repository.Locks`."""

    @property
    def reports(self) -> Reports:
        """See `bot.repository.Reports`."""

    @property
    def proposals(self) -> Proposals:
        """See `bot.repository.Proposals`."""

    @property
    def rules(self) -> Rules:
        """See `bot.repository.Rules`."""

    @property
    def rotas(self) -> Rotas:
        """See `bot.repository.Rotas`."""

    @property
    def sessions(self) -> Sessions:
        """See `bot.repository.Sessions`."""

    @property
    def rsvps(self) -> Rsvps:
        """See `bot.repository.Rsvps`."""

    @property
    def leads(self) -> Leads:
        """See `bot.repository.Leads`."""

    @property
    def presences(self) -> Presences:
        """See `bot.repository.Presences`."""

    @property
    def invites(self) -> Invites:
        """See `bot.repository.Invites`."""

    @property
    def feeds(self) -> Feeds:
        """See `bot.repository.Feeds`."""

    @property
    def focuses(self) -> Focuses:
        """See `bot.repository.Focuses`."""

    @property
    def hosts(self) -> Hosts:
        """See `bot.repository.Hosts`."""

    @property
    def mirrors(self) -> Mirrors:
        """See `bot.repository.Mirrors`."""

    @property
    def participations(self) -> Participations:
        """See `bot.repository.Participations`."""

    @property
    def suggestions(self) -> Suggestions:
        """See `bot.repository.Suggestions`."""

    @property
    def gratitude(self) -> Gratitude:
        """See `bot.repository.Gratitude`."""

    @property
    def recognitions(self) -> Recognitions:
        """See `bot.repository.Recognitions`."""

    @property
    def board(self) -> Board:
        """See `bot.repository.Board`."""

    @property
    def privacy(self) -> Privacy:
        """See `bot.repository.Privacy`."""

    @property
    def unions(self) -> Unions:
        """See `bot.repository.Unions`."""

    @property
    def links(self) -> Links:
        """See `bot.repository.Links`."""

    @property
    def joinings(self) -> Joinings:
        """See `bot.repository.Joinings`."""
