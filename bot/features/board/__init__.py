"""The board: what members need and offer, and how they find each other."""

from bot.command import Feature
from bot.features.board import card, entry, life, meet, page, put, shelf, week

FEATURE = Feature(
    commands=(put.need, put.offer, shelf.board),
    actions=(
        page.show,
        shelf.turn,
        put.set_kind,
        meet.answer,
        meet.agree,
        meet.decline,
        life.keep,
        life.end,
        life.remove,
    ),
    jobs=(card.show, meet.met, meet.introduced, life.step, life.still, life.removed),
    deletions=(life.gone,),
    findings=(entry.FINDING,),
    digests=(week.lines,),
)
