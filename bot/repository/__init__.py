"""Named queries in the domain's words: what a unit of work can ask of the store."""

from bot.repository.group import Arrival, Arrivals, Communities, Ledger, People
from bot.repository.library import Library
from bot.repository.question import Faqs, Questions
from bot.repository.quiz import Drafts, Files, Items, Past, Practices, Quizzes, Recalls, Rounds, Stored, Vote, Votes
from bot.repository.search import Searches
from bot.repository.work import Cards, Jobs, Notice, Notices, Pending, Pendings

__all__ = [
    "Arrival",
    "Arrivals",
    "Cards",
    "Communities",
    "Drafts",
    "Faqs",
    "Files",
    "Items",
    "Jobs",
    "Ledger",
    "Library",
    "Notice",
    "Notices",
    "Past",
    "Pending",
    "Pendings",
    "People",
    "Practices",
    "Questions",
    "Quizzes",
    "Recalls",
    "Rounds",
    "Searches",
    "Stored",
    "Vote",
    "Votes",
]
