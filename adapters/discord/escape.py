"""Discord's Markdown, so that words are shown as they stand and styles are ours alone."""

import re

from adapters.discord.wire import NAME
from bot.chat.text import Run, Shape, Style

# Backslashes work before any punctuation. "<" ends mentions, times, custom emoji and command links; the brackets
# end links; ":" before slashes keeps an address from becoming a link by itself.
_ANYWHERE = re.compile(r"[\\*_~`|<>\[\]#@]|:(?=//)")
_LINE_START = re.compile(r"^(\s*)([-+]|\d+(?=[.)]))", re.MULTILINE)
_BREAKS = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_ADDRESS = re.compile(r"https?://[^\s<>\"\\]+", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]{1,20}", re.ASCII)
_INVISIBLE = "\u200b"

_FORMS = {Shape.FULL: "F", Shape.SHORT: "f", Shape.TIME: "t", Shape.RELATIVE: "R"}

FIRST_TIME, LAST_TIME = -8_640_000_000_000, 8_640_000_000_000
"""The seconds that a client can show (JavaScript's dates)."""


def escape(text: str) -> str:
    """The text so that none of it is read as Markdown, wherever it stands."""
    return _LINE_START.sub(_guarded, _ANYWHERE.sub(r"\\\g<0>", _BREAKS.sub("\n", text)))


def styled(run: Run) -> str:
    """One run with its style, link, time or mention."""
    if number := called(run):
        return f"<@{number}>"
    if run.moment is not None:
        return instant(run)
    words = run.text.strip()
    if not words or not (run.style or run.url):
        return escape(run.text)
    # Marks must touch the words, so white space at the ends stays outside.
    before, _, after = run.text.partition(words)
    return escape(before) + _marked(words, run) + escape(after)


def called(run: Run) -> str:
    """The number of the Discord account that the run mentions, "" for any other run."""
    account = run.mention
    return account.id if account and account.platform == NAME and _NUMBER.fullmatch(account.id) else ""


def _marked(words: str, run: Run) -> str:
    text = inline_code(words) if run.style & Style.CODE else escape(words)
    for style, mark in ((Style.ITALIC, "*"), (Style.BOLD, "**"), (Style.SPOILER, "||")):
        if run.style & style:
            text = f"{mark}{text}{mark}"
    return link(text, run.url) if run.url else text


def instant(run: Run) -> str:
    """A time that each reader sees in their own zone, or its words where Discord cannot show it."""
    seconds = int(run.moment.timestamp()) if run.moment else LAST_TIME + 1
    return f"<t:{seconds}:{_FORMS[run.shape]}>" if FIRST_TIME <= seconds <= LAST_TIME else escape(run.text)


def link(shown: str, url: str) -> str:
    """A link that we chose to make; what is no web address stays words."""
    if not _ADDRESS.fullmatch(url):
        return shown
    safe = url.replace("(", "%28").replace(")", "%29").replace("[", "%5B").replace("]", "%5D")
    return f"[{shown}](<{safe}>)"


def inline_code(text: str) -> str:
    """Text in a fixed width inside a line; backticks next to each other are parted, so that none ends it."""
    text = _apart(_BREAKS.sub("\n", text).replace("\n", " "))
    if not text.strip():
        return escape(text)
    if "`" not in text:
        return f"`{text}`"
    return f"`` {text} ``"


def code_block(text: str, language: str = "") -> str:
    """Text in a fixed width, byte for byte; only three backticks in a row are parted, which would end it."""
    tag = language if re.fullmatch(r"[A-Za-z0-9+#.-]{1,20}", language) else ""
    kept = text.replace("```", f"`{_INVISIBLE}`{_INVISIBLE}`")
    kept = f"{kept}{_INVISIBLE}" if kept.endswith("`") else kept
    return f"```{tag}\n{kept}\n```"


def _apart(text: str) -> str:
    return re.sub("`(?=`)", f"`{_INVISIBLE}", text)


def _guarded(match: re.Match[str]) -> str:
    indent, mark = match.groups()
    return f"{indent}{mark}\\" if mark.isdigit() else f"{indent}\\{mark}"
