"""What a person's data are, for whoever wants to see them or be gone."""

from datetime import timedelta
from enum import StrEnum

REMOVED = "[…]"
"""Stands where somebody's words stood who is gone."""

EXPORT_EVERY = timedelta(hours=1)
CONFIRM_WITHIN = timedelta(minutes=10)
ERASE_AFTER = timedelta(hours=1)
"""So long somebody can still think better of it; promised is a day."""

GROUP_KEPT = timedelta(days=30)
"""How long a group's data are kept when the bot was put out of its last place."""


class Kind(StrEnum):
    """What is stored of a person, as it is told to them."""

    ACCOUNT = "account"
    LEARNING = "learning"
    POINTS = "points"
    BANK = "bank"
    QUESTION = "question"
    LIBRARY = "library"
    GROUP = "group"
    SESSION = "session"
    MODERATION = "moderation"
