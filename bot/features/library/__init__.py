"""What the group shares to learn from: sharing, looking, judging, reporting, giving away."""

from bot.chat.text import T
from bot.command import Feature
from bot.features.library import attach, edit, export, judge, page, queue, report, rule, share, shelf, week

FEATURE = Feature(
    commands=(share.share, shelf.resources, export.give),
    actions=(
        page.show,
        page.vote,
        page.bookmark,
        share.adapt,
        share.set_kind,
        share.set_topic,
        attach.attach,
        attach.give,
        edit.edit,
        edit.set_field,
        edit.set_level,
        shelf.turn,
        shelf.turn_kept,
        judge.judge,
        judge.remove,
        queue.skip,
        queue.decide,
        report.report,
        rule.words,
        rule.add,
        rule.drop,
    ),
    jobs=(judge.judged, queue.waiting, report.reported),
    findings=(shelf.FINDING,),
    digests=(week.lines,),
    groups=(("export", T("The group's own things as files")),),
)
