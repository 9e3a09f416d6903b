"""Telegram's rules for styled text: safe HTML, entities counted in UTF-16 units, trimming, length limits."""

from __future__ import annotations

import re
from typing import Any

from tests.wire.telegram.errors import bad_request

TEXT_LIMIT = 4096  # code points after entities parsing
CAPTION_LIMIT = 1024
_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "u": "underline",
    "ins": "underline",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
    "a": "text_link",
    "pre": "pre",
    "code": "code",
    "blockquote": "blockquote",
}
_KNOWN_ENTITIES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_TOKEN = re.compile(r"<(/?)([^>]*)>?|&(#x[0-9a-fA-F]+|#[0-9]+|[a-zA-Z]+);|([^<&]+|&)", re.DOTALL)
_ATTRIBUTE = re.compile(r"""([a-zA-Z-]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>]+))?""")
_COMMAND = re.compile(r"/\S+")
_HANDLE = re.compile(r"(?<![\w/])@\w{4,32}")
_ADDRESS = re.compile(r"https?://\S+")
ENTITY_TYPES = {
    "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bold", "italic", "underline",
    "strikethrough", "spoiler", "blockquote", "expandable_blockquote", "code", "pre", "text_link", "text_mention",
    "custom_emoji", "date_time",
}  # fmt: skip


def utf16(text: str) -> int:
    """Length in UTF-16 code units, as entity offsets count."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def find_entities(text: str) -> list[dict[str, Any]]:
    """What Telegram finds by itself in what people type: the command it begins with, @handles and addresses."""
    found = [("bot_command", match) for match in [_COMMAND.match(text)] if match]
    found += [("mention", match) for match in _HANDLE.finditer(text)]
    found += [("url", match) for match in _ADDRESS.finditer(text)]
    return [
        {"type": kind, "offset": utf16(text[: match.start()]), "length": utf16(match.group())} for kind, match in found
    ]


def read_styled(call: dict[str, Any], field: str, limit: int) -> tuple[str, list[dict[str, Any]]]:
    """The call's text and entities as Telegram would store them; raises the 400 that Telegram would answer."""
    text: str = call[field]
    entities_field = "caption_entities" if field == "caption" else "entities"
    mode = call.get("parse_mode")
    if mode and mode.lower() == "html":
        text, entities = parse_html(text)
    elif mode:
        raise bad_request("unsupported parse_mode")  # the bot's own rule is HTML or entities, nothing else
    else:
        entities = _checked(text, call.get(entities_field) or [])
    text, entities = _trim(text, entities)
    if len(text) > limit:
        raise bad_request("message caption is too long" if field == "caption" else "message is too long")
    if not text and field == "text":
        raise bad_request("message text is empty")
    return text, entities


def parse_html(source: str) -> tuple[str, list[dict[str, Any]]]:
    """Text and entities of safe HTML; raises 400 "can't parse entities: ..." for anything else."""
    text: list[str] = []
    length = 0
    entities: list[dict[str, Any]] = []
    open_tags: list[tuple[str, int, dict[str, str]]] = []
    for token in _TOKEN.finditer(source):
        closing, tag, reference, plain = token.groups()
        if tag is not None:
            name, attributes = _tag(tag, token.start())
            if closing:
                _close(name, open_tags, entities, length, token.start())
            else:
                if name not in _TAGS:
                    raise _unparsable(f'Unsupported start tag "{name}" at byte offset {token.start()}')
                open_tags.append((name, length, attributes))
            continue
        piece = plain if reference is None else _decode(reference, token.group())
        text.append(piece)
        length += utf16(piece)
    if open_tags:
        raise _unparsable(f'Can\'t find end tag corresponding to start tag "{open_tags[-1][0]}"')
    return "".join(text), sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


def _unparsable(text: str) -> Exception:
    return bad_request(f"can't parse entities: {text}")


def _tag(inside: str, at: int) -> tuple[str, dict[str, str]]:
    name = re.match(r"[^\s]*", inside)
    assert name
    attributes = {
        found.group(1).lower(): (found.group(2) or "").strip("\"'")
        for found in _ATTRIBUTE.finditer(inside[name.end() :])
    }
    if not name.group():
        raise _unparsable(f"Empty tag name at byte offset {at}")
    return name.group().lower(), attributes


def _close(
    name: str,
    open_tags: list[tuple[str, int, dict[str, str]]],
    entities: list[dict[str, Any]],
    end: int,
    at: int,
) -> None:
    if not open_tags:
        raise _unparsable(f"Unexpected end tag at byte offset {at}")
    expected, start, attributes = open_tags.pop()
    if name and name != expected:
        raise _unparsable(f'Unmatched end tag at byte offset {at}, expected "</{expected}>", found "</{name}>"')
    if end > start:
        entity: dict[str, Any] = {
            "type": _TAGS[expected],
            "offset": start,
            "length": end - start,
        }
        if expected == "a":
            entity["url"] = attributes.get("href", "")
        if expected == "blockquote" and "expandable" in attributes:
            entity["type"] = "expandable_blockquote"
        if expected == "tg-time":
            entity |= {
                "unix_time": int(attributes["unix"]),
                "date_time_format": attributes.get("format", ""),
            }
        if expected == "code" and attributes.get("class", "").startswith("language-"):
            entity["language"] = attributes["class"].removeprefix("language-")
        entities.append(entity)


def _decode(reference: str, whole: str) -> str:
    if reference.startswith("#"):
        return chr(int(reference[1:].replace("x", "0x"), 0 if "x" in reference else 10))
    return _KNOWN_ENTITIES.get(reference, whole)


def _checked(text: str, entities: list[dict[str, Any]]) -> list[dict[str, Any]]:
    whole = utf16(text)
    starts = _symbol_starts(text) if entities else set()
    for entity in entities:
        start, end = entity["offset"], entity["offset"] + entity["length"]
        if entity["type"] not in ENTITY_TYPES:
            raise bad_request(f"can't parse entities: unsupported entity type {entity['type']!r}")
        if start < 0 or entity["length"] <= 0 or end > whole:
            raise bad_request("can't parse entities: entity ends after the end of the text")
        if start not in starts or end not in starts:
            raise bad_request("can't parse entities: entity begins or ends in a middle of a UTF-16 symbol")
    return [dict(entity) for entity in entities]


def _symbol_starts(text: str) -> set[int]:
    starts = {0}
    at = 0
    for character in text:
        at += 2 if ord(character) > 0xFFFF else 1
        starts.add(at)
    return starts


def _trim(text: str, entities: list[dict[str, Any]]) -> tuple[str, list[dict[str, Any]]]:
    trimmed = text.strip()
    if trimmed == text:
        return text, entities[:100]
    cut = utf16(text[: len(text) - len(text.lstrip())])
    whole = utf16(trimmed)
    moved = []
    for entity in entities:
        start = max(0, entity["offset"] - cut)
        end = min(whole, entity["offset"] + entity["length"] - cut)
        if end > start:
            moved.append({**entity, "offset": start, "length": end - start})
    return trimmed, moved[:100]
