"""The group's question bank: writing, looking, changing, reviewing, taking over, giving away, sharing."""

from bot.chat.text import T
from bot.command import Feature
from bot.features.bank import add, draft, edit, export, intake, nudge, page, picture, review, share, show

FEATURE = Feature(
    commands=(
        add.add,
        show.list_items,
        show.show,
        show.mine,
        edit.edit,
        picture.set_picture,
        review.review,
        intake.take_over,
        export.give,
        share.share,
    ),
    actions=(
        add.save_anyway,
        draft.keep,
        draft.drop,
        show.turn,
        page.retire,
        page.restore,
        page.show_picture,
        page.history,
        *edit.ACTIONS,
        picture.take_away,
        review.skip,
        review.approve,
        review.send_back,
        share.pack,
        share.unpack,
    ),
    jobs=(review.approved, review.returned, nudge.waiting),
    groups=(("quizbank", T("The group's question bank")),),
)
