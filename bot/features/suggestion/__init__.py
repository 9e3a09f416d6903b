"""Suggestions to the group: made with a name or without, answered within a month, voted about once a month."""

from bot.command import Feature
from bot.features.suggestion import ballot, entry, page, shelf, status, suggest, week

FEATURE = Feature(
    commands=(suggest.suggest, shelf.suggestions),
    actions=(page.show, page.vote, shelf.turn, status.give, status.hide, status.withdraw, ballot.tap),
    jobs=(
        suggest.waiting,
        status.moved,
        status.remind,
        status.overdue,
        ballot.begin,
        ballot.show,
        ballot.end,
    ),
    findings=(entry.FINDING,),
    digests=(week.lines,),
)
