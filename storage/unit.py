"""One unit of work: the repositories on one link."""

from storage.arrival import Arrivals
from storage.badge import Badges
from storage.board import Board
from storage.card import Cards
from storage.community import Communities
from storage.door import Holds, Knocks, Newcomers
from storage.draft import Drafts
from storage.faq import Faqs
from storage.file import Files
from storage.item import Items
from storage.job import Jobs
from storage.joining.code import Links
from storage.joining.group import Joinings
from storage.ledger import Ledger
from storage.library import Library
from storage.link import Link
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
from storage.question import Questions
from storage.quiz import Quizzes
from storage.recall import Recalls
from storage.report import Reports
from storage.rota import Rotas
from storage.round import Rounds
from storage.rules import Proposals, Rules
from storage.search import Searches
from storage.suggestion import Suggestions
from storage.thanks import Gratitude, Recognitions
from storage.vote import Votes


class Unit:
    """See `bot.repository.Unit`."""

    def __init__(self, link: Link) -> None:
        self.arrivals = Arrivals(link)
        self.communities = Communities(link)
        self.people = People(link)
        self.items = Items(link)
        self.quizzes = Quizzes(link)
        self.ledger = Ledger(link)
        self.badges = Badges(link)
        self.pairs = Pairs(link)
        self.practices = Practices(link)
        self.pendings = Pendings(link)
        self.jobs = Jobs(link)
        self.cards = Cards(link)
        self.rounds = Rounds(link)
        self.recalls = Recalls(link)
        self.drafts = Drafts(link)
        self.files = Files(link)
        self.noises = Noises(link)
        self.notices = Notices(link)
        self.votes = Votes(link)
        self.searches = Searches(link)
        self.library = Library(link)
        self.questions = Questions(link)
        self.faqs = Faqs(link)
        self.sanctions = Sanctions(link)
        self.records = Records(link)
        self.holds = Holds(link)
        self.knocks = Knocks(link)
        self.newcomers = Newcomers(link)
        self.pins = Pins(link)
        self.locks = Locks(link)
        self.reports = Reports(link)
        self.proposals = Proposals(link)
        self.rules = Rules(link)
        self.rotas = Rotas(link)
        self.participations = Participations(link)
        self.suggestions = Suggestions(link)
        self.gratitude = Gratitude(link)
        self.recognitions = Recognitions(link)
        self.board = Board(link)
        self.privacy = Privacy(link)
        self.unions = Unions(link)
        self.links = Links(link)
        self.joinings = Joinings(link)
