"""Moderation: warnings and what follows, in private, with a reason, a record, and a way to appeal."""

from bot.chat.text import T
from bot.command import Feature
from bot.features.moderation import act, appeal, case, log, mute, news, setting, warn

FEATURE = Feature(
    commands=(
        warn.warn,
        case.warns,
        case.unwarn,
        mute.mute,
        mute.unmute,
        log.modlog,
        log.cases,
        setting.ladder,
        setting.reasons,
    ),
    actions=(
        warn.follow,
        case.show,
        case.undo,
        case.pardon,
        appeal.appeal,
        appeal.judge,
        log.turn,
        setting.change,
    ),
    jobs=(
        news.told,
        news.over,
        act.muting,
        act.unmuting,
        act.banning,
        act.unbanning,
        act.removing,
        act.refused,
        appeal.appealed,
        warn.decide,
        warn.announce,
    ),
    groups=(("mod", T("What moderators do")),),
)
