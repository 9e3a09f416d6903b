"""The table of times in words, and readings as it writes them."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.domain.recurrence import Frequency, Rule
from bot.domain.when import Read, Reading, Unclear, Unread

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Phrase = tuple[str, datetime, str, str]


def phrases() -> Iterator[Phrase]:
    """Each text of the table with the instant and the zone in which it is said, and what it means."""
    now, zone = datetime.min.replace(tzinfo=UTC), ""
    for line in Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("@ "):
            day, hour, zone = line.removeprefix("@ ").split()
            now = datetime.fromisoformat(f"{day}T{hour}").replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        elif line and not line.startswith("#"):
            text, meaning = line.split(" => ")
            yield text, now, zone, meaning


def shown(reading: Reading) -> str:
    """A reading as the table writes it."""
    match reading:
        case Read():
            return _read(reading)
        case Unclear():
            return f"? {reading.why}: " + "; ".join(map(_read, reading.options))
        case Unread():
            return f"! {reading.why} {reading.hint}".strip()


def _read(read: Read) -> str:
    rule = read.rule
    parts = [rule.first.strftime("%a"), rule.first.isoformat(), rule.at.strftime("%H:%M")]
    parts += [rule.zone] * read.zoned + [f"{rule.minutes}m"] * read.timed
    return " ".join((*parts, *_repeated(rule)))


def _repeated(rule: Rule) -> Iterator[str]:
    if rule.frequency is not Frequency.ONCE:
        yield rule.frequency
    if rule.nth:
        yield "last" if rule.nth < 0 else str(rule.nth)
    if rule.days:
        yield ",".join(_DAYS[day] for day in rule.days)
    if rule.every > 1:
        yield f"/{rule.every}"
    if rule.until:
        yield f"until {rule.until}"
    if rule.count:
        yield f"x{rule.count}"
    yield from (f"-{day}" for day in rule.omits)
