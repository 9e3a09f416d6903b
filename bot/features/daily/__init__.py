"""The daily mini-quiz: posted at the group's hour, one tap an item, counted once, reviewed at the close."""

from bot.command import Feature
from bot.features.daily.answer import MINE, answer_in_public, daily
from bot.features.daily.card import show_quiz
from bot.features.daily.plan import OPEN, coming, plan
from bot.features.daily.run import catch_up, close_quiz, open_quiz

FEATURE = Feature(
    commands=(daily,),
    actions=(answer_in_public, *MINE.actions),
    jobs=(open_quiz, show_quiz, close_quiz),
    joined=catch_up,
)

__all__ = ["FEATURE", "OPEN", "coming", "plan", "show_quiz"]
