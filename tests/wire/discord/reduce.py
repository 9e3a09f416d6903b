"""Cut Discord's own OpenAPI document down to the operations that Bareng uses.

Run ``python -m tests.wire.discord.reduce FULL_DOCUMENT.json`` after Discord publishes a newer one.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

Node = Any  # any piece of JSON
KEPT: dict[str, tuple[str, ...]] = {
    "/applications/@me": ("get",),
    "/applications/{application_id}/commands": ("get", "put"),
    "/applications/{application_id}/guilds/{guild_id}/commands": ("get", "put"),
    "/channels/{channel_id}": ("get", "patch"),
    "/channels/{channel_id}/messages": ("get", "post"),
    "/channels/{channel_id}/messages/{message_id}": ("get", "patch", "delete"),
    "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me": ("put", "delete"),
    "/channels/{channel_id}/messages/{message_id}/threads": ("post",),
    "/channels/{channel_id}/messages/pins/{message_id}": ("put", "delete"),
    "/channels/{channel_id}/permissions/{overwrite_id}": ("put", "delete"),
    "/channels/{channel_id}/threads": ("post",),
    "/channels/{channel_id}/typing": ("post",),
    "/gateway": ("get",),
    "/oauth2/applications/@me": ("get",),
    "/gateway/bot": ("get",),
    "/guilds/{guild_id}": ("get",),
    "/guilds/{guild_id}/bans/{user_id}": ("put", "delete"),
    "/guilds/{guild_id}/channels": ("get",),
    "/guilds/{guild_id}/members/{user_id}": ("get", "patch"),
    "/guilds/{guild_id}/members/{user_id}/roles/{role_id}": ("put", "delete"),
    "/guilds/{guild_id}/roles": ("get", "post"),
    "/guilds/{guild_id}/scheduled-events": ("get", "post"),
    "/guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}": ("get", "patch", "delete"),
    "/guilds/{guild_id}/threads/active": ("get",),
    "/interactions/{interaction_id}/{interaction_token}/callback": ("post",),
    "/users/@me": ("get",),
    "/users/@me/channels": ("post",),
    "/users/@me/guilds": ("get",),
    "/users/{user_id}": ("get",),
    "/webhooks/{webhook_id}/{webhook_token}": ("post",),
    "/webhooks/{webhook_id}/{webhook_token}/messages/@original": ("get", "patch", "delete"),
    "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}": ("get", "patch", "delete"),
}
PROSE = {"description", "title", "summary", "externalDocs", "x-discord-union"}


def reduce(full: dict[str, Any]) -> dict[str, Any]:
    """Return request and response schemas per operation, with every schema they reach."""
    operations = {
        f"{method.upper()} {path}": _operation(full["paths"][path][method])
        for path, methods in KEPT.items()
        for method in methods
    }
    schemas: dict[str, Any] = {}
    waiting = _references(operations)
    while waiting:
        name = waiting.pop()
        if name not in schemas:
            schemas[name] = _without_prose(full["components"]["schemas"][name])
            waiting |= _references(schemas[name])
    return {
        "info": {"title": full["info"]["title"], "version": full["info"]["version"]},
        "operations": operations,
        "components": {"schemas": dict(sorted(schemas.items()))},
    }


def _operation(operation: dict[str, Any]) -> dict[str, Any]:
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    responses = {
        code: answer.get("content", {}).get("application/json", {}).get("schema")
        for code, answer in operation["responses"].items()
        if code.startswith("2")
    }
    return {
        "request": _without_prose(body.get("schema")),
        "query": [p["name"] for p in operation.get("parameters", []) if p.get("in") == "query"],
        "responses": _without_prose(responses),
    }


def _without_prose(node: Node, *, names: bool = False) -> Node:
    """Drop prose; keys right below ``properties`` are names, never prose."""
    if isinstance(node, dict):
        return {
            key: _without_prose(value, names=key == "properties" and not names)
            for key, value in node.items()
            if names or (key not in PROSE and not key.startswith("x-"))
        }
    if isinstance(node, list):
        return [_without_prose(item) for item in node]
    return node


def _references(node: Node) -> set[str]:
    if isinstance(node, dict):
        own = node.get("$ref")
        found = {own.rsplit("/", 1)[1]} if isinstance(own, str) else set()
        return found.union(*(_references(value) for value in node.values()))
    if isinstance(node, list):
        return set().union(*(_references(item) for item in node))
    return set()


if __name__ == "__main__":
    target = Path(__file__).with_name("openapi.json")
    document = reduce(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    target.write_text(json.dumps(document, separators=(",", ":"), ensure_ascii=False) + "\n", encoding="utf-8")
