"""Logging: one line per event, control characters escaped, secrets removed whoever wrote them."""

import json
import logging
import re
import sys
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Any, TextIO
from urllib.parse import quote

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

HIDDEN = "[secret]"
"""What stands where a secret stood."""

LEAST = 6
"""Characters from which on a secret is looked for: a shorter one would blot out ordinary words."""

_TOKENS = (
    r"\d{6,}:[A-Za-z0-9_-]{30,}",  # Telegram, as in the addresses that HTTP clients log
    r"[A-Za-z0-9_-]{23,28}\.[A-Za-z0-9_-]{6,7}\.[A-Za-z0-9_-]{27,}",  # Discord
    r"(?<=://)[^\s/:@]*:[^\s/@]+(?=@)",  # a name and password in an address
)
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_QUIET = (
    *("aiohttp", "aiosqlite", "alembic", "apscheduler", "asyncio", "discord", "httpcore", "httpx", "telegram"),
    *("uvicorn", "uvicorn.access", "uvicorn.error"),
)

Redact = Callable[[str], str]


def configure(level: str, style: str, secrets: Iterable[str], stream: TextIO | None = None) -> None:
    """Send our records and those of every library to `stream` (standard error), redacted.

    `level` is debug, info, warning or error. `style` is json, console, or auto: console on a terminal.
    """
    stream = stream or sys.stderr
    redact = redactor(secrets)
    weight = logging.getLevelNamesMapping()[level.upper()]
    console = style == "console" or (style == "auto" and stream.isatty())
    common: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]

    def hide(_: WrappedLogger, __: str, line: Any) -> str:
        return redact(line)

    last = [*_renderers(console, stream), hide]
    structlog.configure(
        processors=[*common, *last],
        wrapper_class=structlog.make_filtering_bound_logger(weight),
        logger_factory=structlog.WriteLoggerFactory(file=stream),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    keep = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[keep, *last], foreign_pre_chain=[_add_logger, *common], keep_exc_info=False
        )
    )
    logging.basicConfig(level=weight, handlers=[handler], force=True)
    logging.captureWarnings(True)
    for name in _QUIET:
        quiet = logging.getLogger(name)
        quiet.setLevel(max(weight, logging.WARNING))
        quiet.handlers.clear()
        quiet.propagate = True
    sys.excepthook = _uncaught


def redactor(secrets: Iterable[str]) -> Redact:
    """A function that takes these secrets, and whatever looks like a bot's token, out of a line."""
    forms = {form for secret in secrets if len(secret) >= LEAST for form in _forms(secret)}
    known = [re.escape(form) for form in sorted(forms, key=len, reverse=True)]
    pattern = re.compile("|".join([*known, *_TOKENS]))
    return lambda line: pattern.sub(HIDDEN, line)


def _forms(secret: str) -> Iterable[str]:
    """A secret as it stands, and as JSON, Python and web addresses write it; of a token its telling half too."""
    _, _, half = secret.partition(":")
    for text in (secret, half):
        if len(text) >= LEAST:
            for form in (text, repr(text)[1:-1], repr(text.encode())[2:-1], quote(text, safe="")):
                yield from (form, json.dumps(form)[1:-1])


def _renderers(console: bool, stream: TextIO) -> list[Processor]:
    if console:
        return [_escape, structlog.dev.ConsoleRenderer(colors=stream.isatty())]
    return [structlog.processors.JSONRenderer(ensure_ascii=True, default=repr)]


def _escape(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Make what people wrote harmless for a terminal; a traceback keeps its lines."""
    return {key: _plain(value, lines=key == "exception") for key, value in event.items()}


def _plain(value: Any, *, lines: bool) -> Any:
    if not isinstance(value, str):
        return value
    parts = value.split("\n") if lines else [value]
    return "\n".join(_CONTROLS.sub(lambda found: ascii(found.group())[1:-1], part) for part in parts)


def _add_logger(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    event["logger"] = event["_record"].name
    return event


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
    else:
        structlog.get_logger().critical("crashed", exc_info=(kind, error, trace))
