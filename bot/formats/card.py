"""An item as the two sides of a flashcard in HTML, and back."""

import re
from collections.abc import Sequence
from decimal import Decimal
from html import escape, unescape

from bot.domain.items import Item, ItemText, Kind, Number

_TEXT = "(?:[^<]|<br>)*+"
_LINES = f"(?:<li[^<>]*>{_TEXT}</li>)*+"
_FRONT = re.compile(
    rf'<div class="bareng (?P<kind>one|several|truth|text|number|order)">(?P<prompt>{_TEXT})</div>'
    rf"(?:<[ou]l[^<>]*>(?P<options>{_LINES})</[ou]l>)?"
)
_BACK = re.compile(
    rf"(?:<[ou]l[^<>]*>(?P<lines>{_LINES})</[ou]l>"
    rf'|<p class="(?P<truth>true|false)">{_TEXT}</p>'
    rf"|<p><b>(?P<value>{_TEXT})</b>(?: ± <i>(?P<tolerance>{_TEXT})</i>)?(?: <span>(?P<unit>{_TEXT})</span>)?</p>)"
    rf'(?:<div class="why">(?P<why>{_TEXT})</div>)?(?:<cite>(?P<source>{_TEXT})</cite>)?'
)
_LINE = re.compile(rf'<li(?: value="(\d{{1,2}})")?>({_TEXT})</li>')
_HIDDEN = str.maketrans({"\n": "<br>", "\r": "&#13;", "\t": "&#9;"})


def is_ours(front: str) -> bool:
    """Whether that side was written here."""
    return _FRONT.fullmatch(front) is not None


def read(front: str, back: str, language: str) -> Item | None:
    """The item of a card that was written here; None if its back was changed so that it fits no more."""
    asked, answered = _FRONT.fullmatch(front), _BACK.fullmatch(back)
    if not asked or not answered:
        return None
    kind = Kind(asked["kind"])
    lines = _lines(answered["lines"])
    words = tuple(line for _, line in lines)
    options = tuple(line for _, line in _lines(asked["options"]))
    text = ItemText(
        _words(asked["prompt"]),
        words if kind is Kind.ORDER else options,
        _words(answered["why"]),
        answers=words if kind is Kind.TEXT else (),
    )
    right: tuple[int, ...] = ()
    if kind in (Kind.ONE, Kind.SEVERAL):
        right = tuple(int(value or 0) - 1 for value, _ in lines)
    elif kind is Kind.TRUTH:
        right = {"true": (0,), "false": (1,)}.get(answered["truth"], ())
    number = _number(answered) if kind is Kind.NUMBER else None
    return Item(0, 0, {language: text}, right, source=_words(answered["source"]), kind=kind, number=number)


def write(item: Item, language: str) -> tuple[str, str]:
    """Both sides of the item's card."""
    text = item.text(language)
    front = f'<div class="bareng {item.kind}">{_html(text.prompt)}</div>'
    if item.kind is Kind.ORDER:
        front += _list("ul", sorted(text.options))
    elif text.options:
        front += _list('ol type="A"', text.options)
    why = f'<div class="why">{_html(text.explanation)}</div>' if text.explanation else ""
    source = f"<cite>{_html(item.source)}</cite>" if item.source else ""
    return front, _answer(item, text, language) + why + source


def _answer(item: Item, text: ItemText, language: str) -> str:
    if item.number:
        return _write_number(item.number)
    match item.kind:
        case Kind.TRUTH:
            true, words = item.right == (0,), ("Benar", "Salah") if language == "id" else ("True", "False")
            return f'<p class="{"true" if true else "false"}">{words[0] if true else words[1]}</p>'
        case Kind.TEXT:
            return _list("ul", text.answers)
        case Kind.ORDER:
            return _list("ol", text.options)
        case _:
            lines = (f'<li value="{index + 1}">{_html(text.options[index])}</li>' for index in item.right)
            return f'<ol type="A">{"".join(lines)}</ol>'


def _write_number(number: Number) -> str:
    tolerance = f" ± <i>{number.tolerance}</i>" if number.tolerance else ""
    unit = f" <span>{_html(number.unit)}</span>" if number.unit else ""
    return f"<p><b>{number.value}</b>{tolerance}{unit}</p>"


def _number(answered: re.Match[str]) -> Number | None:
    try:
        return Number(Decimal(answered["value"]), Decimal(answered["tolerance"] or 0), _words(answered["unit"]))
    except (ArithmeticError, TypeError):
        return None


def _list(tag: str, lines: Sequence[str]) -> str:
    return f"<{tag}>{''.join(f'<li>{_html(line)}</li>' for line in lines)}</{tag[:2]}>"


def _lines(html: str | None) -> list[tuple[str, str]]:
    return [(match[1], _words(match[2])) for match in _LINE.finditer(html or "")]


def _html(words: str) -> str:
    """The words so that Anki shows them, and runs neither a gap nor a sound that stands in them."""
    escaped = escape(words, quote=False).translate(_HIDDEN)
    return escaped.replace("{{", "{&#123;").replace("[sound:", "[&#115;ound:")


def _words(html: str | None) -> str:
    return unescape((html or "").replace("<br>", "\n"))
