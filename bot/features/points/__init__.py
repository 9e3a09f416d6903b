"""Points: what somebody has and why, badges and buddies, the leaderboard, and what a group gives points for."""

from bot.command import Feature
from bot.features.points import balance, board, buddy, circle, correct, why, worth

FEATURE = Feature(
    commands=(balance.points, why.why, board.leaderboard, buddy.buddy, worth.value, correct.correct),
    actions=(
        why.turn,
        board.switch,
        board.picture,
        board.rank_me,
        board.share,
        buddy.accept,
        buddy.decline,
        buddy.end,
        worth.switch_on,
        worth.leave,
        circle.show,
        correct.undo,
    ),
    jobs=(board.show_board, buddy.ask, buddy.agreed, buddy.ended, correct.corrected),
    digests=(balance.week,),
)
