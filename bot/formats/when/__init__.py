"""Times and dates in words, Indonesian and English."""

from bot.formats.when.read import LONGEST_TEXT, read, read_date, split

__all__ = ["LONGEST_TEXT", "read", "read_date", "split"]
