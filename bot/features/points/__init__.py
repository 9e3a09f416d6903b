"""Points: what somebody has and why, badges and buddies, the leaderboard, and what a group gives points for."""

from bot.command import Feature
from bot.features.points import balance, board, buddy, circle, why, worth

FEATURE = Feature(
    commands=(balance.points, why.why, board.leaderboard, buddy.buddy, worth.value),
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
    ),
    jobs=(board.show_board, buddy.ask, buddy.agreed, buddy.ended),
    digests=(balance.week,),
)
