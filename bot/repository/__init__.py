"""Named queries in the domain's words: what a unit of work can ask of the store."""

from bot.repository.board import Board
from bot.repository.door import Holds, Knocks, Newcomers
from bot.repository.feed import Feeds
from bot.repository.focus import Focuses
from bot.repository.group import Arrival, Arrivals, Communities, People
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
from bot.repository.quiz import Drafts, Files, Items, Past, Practices, Quizzes, Recalls, Rounds, Stored, Vote, Votes
from bot.repository.report import Proposals, Reports, Rules
from bot.repository.rota import Rotas
from bot.repository.search import Searches
from bot.repository.session import Leads, Rsvps, Sessions
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
    "Feeds",
    "Files",
    "Focuses",
    "Gratitude",
    "Holds",
    "Hosts",
    "Invites",
    "Items",
    "Jobs",
    "Joinings",
    "Knocks",
    "Leads",
    "Ledger",
    "Library",
    "Links",
    "Locks",
    "Mirrors",
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
    "Presences",
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
    "Rsvps",
    "Rules",
    "Sanctions",
    "Searches",
    "Sessions",
    "Stored",
    "Suggestions",
    "Unions",
    "Vote",
    "Votes",
]
