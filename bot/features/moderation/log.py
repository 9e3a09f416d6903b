"""The record of moderation, for moderators to read: who did what to whom, why and when."""

from collections.abc import Mapping
from typing import Annotated

from bot.chat.message import Bullets, Button, Message, Outcome, Reply, Row, card, say
from bot.chat.places import Role
from bot.chat.text import Line, Moment, Name, T, code
from bot.command import Example, action, command
from bot.context import Context
from bot.domain.moderation import Deed, Record
from bot.features.moderation import case
from bot.param import Arg
from bot.whom import members

PAGE = 8

DEEDS = {
    Deed.WARN: T("warned"),
    Deed.MUTE: T("muted"),
    Deed.BAN: T("banned"),
    Deed.UNDO: T("took back at once"),
    Deed.PARDON: T("pardoned"),
    Deed.UNMUTE: T("let write again"),
    Deed.UNBAN: T("let come back"),
    Deed.APPEAL: T("appealed"),
    Deed.UPHOLD: T("let stand after an appeal"),
    Deed.LIFT: T("took back after an appeal"),
    Deed.REPLACE: T("put another mute in place of one"),
    Deed.RESTORE: T("let an earlier mute go on"),
    Deed.SPARE: T("decided that nothing more follows"),
    Deed.FAIL: T("saw a platform refuse"),
    Deed.REMOVE: T("removed a message"),
    Deed.PIN: T("pinned a message"),
    Deed.UNPIN: T("unpinned a message"),
    Deed.LOCK: T("locked"),
    Deed.UNLOCK: T("unlocked"),
    Deed.PROPOSE: T("proposed what two must agree on"),
    Deed.AGREE: T("agreed to a proposal"),
    Deed.OPPOSE: T("declined a proposal"),
    Deed.REPORT: T("noted a report"),
    Deed.SETTLE: T("decided about a report"),
    Deed.RULES: T("changed the rules"),
    Deed.HOLD: T("held a message back"),
    Deed.RELEASE: T("let a held message stand"),
    Deed.DISCARD: T("dropped a held message"),
    Deed.ADMIT: T("let somebody in"),
    Deed.DECLINE: T("did not let somebody in"),
    Deed.SETTING: T("changed a setting"),
    Deed.ANONYMITY: T("lets an author sign for a week"),
    Deed.POINTS: T("corrected points"),
    Deed.LINK: T("linked a place or an account"),
    Deed.UNLINK: T("undid a link"),
    Deed.ERASE: T("erased somebody's data"),
}


@command(
    "modlog",
    right=Role.MODERATOR,
    aliases=("catatan", "mod log", "moderasi catatan"),
    summary=T("What moderators did, newest first"),
    examples=(
        Example("/modlog", T("Everything")),
        Example("/modlog @citra", T("What she did and what was done to her")),
    ),
    slash="mod log",
)
async def modlog(
    ctx: Context,
    person: Annotated[int | None, Arg(help=T("Only about this person"), person=True, complete=members)] = None,
) -> Outcome:
    """The newest page."""
    return Reply(await _page(ctx, person or 0, 0), personal=True)


@command(
    "cases",
    right=Role.MODERATOR,
    aliases=("kasus", "mod cases", "moderasi kasus"),
    summary=T("Search the cases by their reason or evidence"),
    examples=(Example("/cases iklan", T("All cases with that word, newest first")),),
    slash="mod cases",
)
async def cases(ctx: Context, words: Annotated[str, Arg(help=T("Words to look for"), most=60)] = "") -> Outcome:
    """Cases that contain these words."""
    found = await ctx.unit.sanctions.page(ctx.community.id, words.strip(), 0, PAGE)
    if not found:
        return say(T("No case has these words."))
    names = await ctx.unit.people.names([each.person for each in found])
    lines = tuple(
        (code(each.name), " ", case.KINDS[each.kind], " · ", Name(names.get(each.person, ""), "?"), f" · {each.reason}")
        for each in found
    )
    rows = tuple((Button(each.name, case.show(ctx.community.id, each.id)),) for each in found[:5])
    return Reply(card(T("Cases"), Bullets(lines), rows=rows), personal=True)


@action("modlog-page", right=Role.MODERATOR)
async def turn(ctx: Context, person: int, start: int) -> Outcome:
    """Another page, in place."""
    return Reply(await _page(ctx, person, max(0, start)), replaces=True, personal=True)


async def _page(ctx: Context, person: int, start: int) -> Message:
    scope = ctx.community.id
    found = await ctx.unit.records.page(scope, person, start, PAGE + 1)
    if not found:
        return say(T("Nothing yet. Every act of moderation leaves a line here, also those that I do by myself."))
    names = await ctx.unit.people.names([who for each in found for who in (each.actor, each.person) if who])
    lines = tuple(_line(each, names) for each in found[:PAGE])
    newer = (Button(T("Newer"), turn(scope, person, max(0, start - PAGE))),) if start else ()
    older = (Button(T("Older"), turn(scope, person, start + PAGE)),) if len(found) > PAGE else ()
    row: Row = (*newer, *older)
    return card(T("What was done"), Bullets(lines), rows=(row,) if row else ())


def _line(record: Record, names: Mapping[int, str]) -> Line:
    actor = Name(names.get(record.actor, ""), f"#{record.actor}") if record.actor else "Bareng"
    line: Line = (Moment(record.at), " · ", actor, " ", DEEDS[record.deed])
    if record.person:
        line = (*line, ": ", Name(names.get(record.person, ""), f"#{record.person}"))
    return (*line, f" · {record.note}") if record.note else line
