"""One unit of work: the repositories on one link."""

from storage.arrival import Arrivals
from storage.card import Cards
from storage.community import Communities
from storage.draft import Drafts
from storage.faq import Faqs
from storage.file import Files
from storage.item import Items
from storage.job import Jobs
from storage.ledger import Ledger
from storage.library import Library
from storage.link import Link
from storage.notice import Notices
from storage.pending import Pendings
from storage.people import People
from storage.practice import Practices
from storage.question import Questions
from storage.quiz import Quizzes
from storage.recall import Recalls
from storage.round import Rounds
from storage.search import Searches
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
        self.practices = Practices(link)
        self.pendings = Pendings(link)
        self.jobs = Jobs(link)
        self.cards = Cards(link)
        self.rounds = Rounds(link)
        self.recalls = Recalls(link)
        self.drafts = Drafts(link)
        self.files = Files(link)
        self.notices = Notices(link)
        self.votes = Votes(link)
        self.searches = Searches(link)
        self.library = Library(link)
        self.questions = Questions(link)
        self.faqs = Faqs(link)
