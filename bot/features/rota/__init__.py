"""Small duties that take turns from week to week, and the moderator of the week."""

from bot.command import Feature
from bot.features.rota import act, page, setting, turn, week
from bot.features.rota.plan import plan

FEATURE = Feature(
    commands=(page.show,),
    actions=(
        act.keep,
        act.skip,
        act.swap,
        act.take,
        act.decline,
        page.join,
        page.leave,
        setting.settings,
        setting.turn_duty,
        setting.add_duty,
    ),
    jobs=(week.draw_week, turn.told, turn.taken, turn.alone, act.widen, act.offered),
)

__all__ = ["FEATURE", "plan"]
