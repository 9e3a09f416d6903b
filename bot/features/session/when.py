"""What people write as the time of a session: understood, asked back, or refused with what would do."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from bot.chat.errors import Refusal
from bot.chat.text import T, code
from bot.context import Context
from bot.domain.agenda import Occurrence
from bot.domain.when import HORIZON, LONGEST, SHORTEST, Doubt, Fault, Read, Unclear, Unread
from bot.formats import when


def takes(text: str) -> int:
    """How many characters at the beginning of a text are a time."""
    _, rest = when.split(text)
    return max(text.rfind(rest), 0) if rest else len(text)


def check(ctx: Context, words: str) -> None:
    """Refuse words that are no time, or none that can be planned."""
    read = when.read(words, ctx.now, ctx.community.zone)
    if isinstance(read, Unread):
        raise Refusal(fault(read))


def check_move(ctx: Context, words: str) -> None:
    """The same for a date that is to be moved: there an hour alone and a day alone are enough."""
    read = when.read(words, ctx.now, ctx.community.zone)
    if isinstance(read, Unread) and read.why not in (Fault.NO_TIME, Fault.NO_DAY, Fault.PAST, Fault.SOON):
        raise Refusal(fault(read))


def understood(ctx: Context, words: str, zone: str) -> Read | Unclear:
    """What was said, on the clock of that zone; refuses what is no time or cannot be planned."""
    read = when.read(words, ctx.now, zone)
    if isinstance(read, Unread):
        raise Refusal(fault(read))
    return read


def for_date(ctx: Context, one: Occurrence, words: str) -> Read | Unclear:
    """What was said of a date that is to be moved: an hour alone is one of its own day, a day alone keeps its hour."""
    zone = one.series.rule.zone
    local = one.starts.astimezone(ZoneInfo(zone))
    for said in (f"{local.date().isoformat()} {words}", words, f"{words} {local:%H:%M}"):
        read = when.read(said, ctx.now, zone)
        if not isinstance(read, Unread):
            return read
    return understood(ctx, words, zone)


def fault(unread: Unread) -> T:
    """Why that time cannot be, and what can."""
    match unread.why:
        case Fault.ZONE if unread.hint:
            return T("I don't know that zone. Did you mean {zones}?", zones=code(unread.hint))
        case Fault.SOON:
            return T("That is too soon for people to hear of it. Give them at least five minutes.")
        case Fault.LENGTH:
            return T(
                "A session lasts {least} minutes to {most} hours. Example: {example}",
                least=SHORTEST,
                most=LONGEST // 60,
                example=code("Senin 19.00-20.30"),
            )
        case Fault.BEYOND:
            return T("That is too far away: at most {n} days ahead.", n=HORIZON.days)
        case other:
            return _FAULTS[other]


_EXAMPLE = code("Senin 19.00 WIB")
_FAULTS: Mapping[Fault, T] = {
    Fault.NOTHING: T("I couldn't read the time. Try: {example}.", example=_EXAMPLE),
    Fault.NO_TIME: T("At what time? Try: {example}.", example=_EXAMPLE),
    Fault.NO_DAY: T("On which day? Try: {example}.", example=_EXAMPLE),
    Fault.NO_SUCH_DATE: T("The calendar has no such date. Try: {example}.", example=code("30/11 19.00")),
    Fault.NO_SUCH_TIME: T("No clock shows that time. Try: {example}.", example=_EXAMPLE),
    Fault.PAST: T("That time has passed. Try: {example}.", example=_EXAMPLE),
    Fault.CONTRADICTION: T("The day and the date do not fit together. Try: {example}.", example=code("30/11 19.00")),
    Fault.EMPTY: T("By these words it would never meet. Try: {example}.", example=code("tiap Senin 19.00")),
    Fault.OFTEN: T("I can't repeat it that way. Try: {example}.", example=code("tiap Senin dan Kamis 19.00")),
    Fault.ZONE: T("I don't know that zone. Try {example}.", example=code("WIB")),
}

DOUBTS: Mapping[Doubt, T] = {
    Doubt.HOUR: T("In the morning or in the evening?"),
    Doubt.PAST: T("That time has passed. Did you mean this one?"),
    Doubt.DATE: T("Which day did you mean?"),
    Doubt.MIDNIGHT: T("Which midnight did you mean?"),
    Doubt.REPEAT: T("Once, or again and again?"),
}
"""What is asked where words can mean several times."""
