"""Named queries in the domain's words: what a unit of work can ask of the store."""

from bot.repository.board import Board
from bot.repository.door import Holds, Knocks, Newcomers
from bot.repository.group import Arrival, Arrivals, Communities, People
from bot.repository.ledger import Badges, Ledger, Pairs
from bot.repository.library import Library
from bot.repository.link import Joinings, Links
from bot.repository.moderation import Records, Sanctions
from bot.repository.participation import Participations
from bot.repository.pin import Locks, Pins
from bot.repository.privacy import Privacy
from bot.repository.question import Faqs, Questions
from bot.repository.quiz import Drafts, Files, Items, Past, Practices, Quizzes, Recalls, Rounds, Stored, Vote, Votes
from bot.repository.report import Proposals, Reports, Rules
from bot.repository.rota import Rotas
from bot.repository.search import Searches
from bot.repository.suggestion import Suggestions
from bot.repository.thanks import Gratitude, Recognitions
from bot.repository.union import Unions
from bot.repository.work import Cards, Jobs, Noises, Notice, Notices, Pending, Pendings

__all__ = [
    "Arrival",
    "Arrivals",
    "Badges",
    "Board",
    "Cards",
    "Communities",
    "Drafts",
    "Faqs",
    "Files",
    "Gratitude",
    "Holds",
    "Items",
    "Jobs",
    "Joinings",
    "Knocks",
    "Ledger",
    "Library",
    "Links",
    "Locks",
    "Newcomers",
    "Noises",
    "Notice",
    "Notices",
    "Pairs",
    "Participations",
    "Past",
    "Pending",
    "Pendings",
    "People",
    "Pins",
    "Practices",
    "Privacy",
    "Proposals",
    "Questions",
    "Quizzes",
    "Recalls",
    "Recognitions",
    "Records",
    "Reports",
    "Rotas",
    "Rounds",
    "Rules",
    "Sanctions",
    "Searches",
    "Stored",
    "Suggestions",
    "Unions",
    "Vote",
    "Votes",
]
