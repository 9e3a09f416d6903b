"""What a person is told about their data."""

from bot.chat.message import Bullets, Button, Message, Outcome, Reply, Row, Tone, card
from bot.chat.places import Role
from bot.chat.text import T, code
from bot.command import Example, Menu, command
from bot.context import Context
from bot.features.privacy.erase import ask, pending
from bot.features.privacy.export import give
from bot.features.privacy.shelf import KINDS


@command(
    "privacy",
    right=Role.GUEST,
    aliases=("privasi", "dataku", "mydata"),
    summary=T("What I store about you"),
    examples=(Example("/privacy", T("Everything that is stored, in plain words")),),
    menu=Menu.PRIVATE,
    anywhere=True,
)
async def privacy(ctx: Context) -> Outcome:
    """What is stored, and what is not."""
    return Reply(await _page(ctx), personal=True)


async def _page(ctx: Context) -> Message:
    never = T("What you chat about is not stored. Nothing is sold, passed on, or used for advertising.")
    who = T(
        "Only you see your quiz answers, but for votes in a group's poll and replies to a card in the group. "
        "Your points stand on the leaderboard unless you hide them in {settings}.",
        settings=code("/settings"),
    )
    how = T("Take all of it along as a file, or have it erased: the buttons do it at once.")
    minors = T("Parents and guardians may ask for both with their child's account, or ask an organiser.")
    owner = ctx.person.id
    row: Row = (
        Button(T("Export my data"), give(0, owner=owner)),
        Button(T("Erase my data"), ask(0, owner=owner), tone=Tone.DANGER),
    )
    stored = Bullets(tuple((kind,) for kind in KINDS.values()))
    lines = (never, who, how, *((minors,) if ctx.found and ctx.found.minors else ()), *await pending(ctx))
    return card(T("Your data"), T("I store:"), stored, *lines, rows=(row,))
