"""The sections of the settings: every key that exists, what it means and what it may be."""

import re
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationInfo, field_validator

LEAST_SECRET = 32
"""Characters of a secret that machines keep: with fewer, guessing is thinkable."""

LEAST_PASSWORD = 12
"""Characters of a password that people type."""

V = TypeVar("V")


Mode = Literal["polling", "webhook"]
Wanted = Literal["auto", "on", "off"]
Language = Literal["id", "en"]
Level = Literal["debug", "info", "warning", "error"]
Format = Literal["auto", "json", "console"]


def _split(value: object) -> object:
    """A list may be written as one string: commas, spaces or line breaks stand between its parts."""
    return re.findall(r"[^,\s]+", value) if isinstance(value, str) else value


def _matching(secret: SecretStr, pattern: str, expected: str) -> SecretStr:
    if not re.fullmatch(pattern, secret.get_secret_value(), re.ASCII):
        raise ValueError(expected)
    return secret


Words = Annotated[tuple[str, ...], BeforeValidator(_split)]
Secrets = Annotated[tuple[SecretStr, ...], BeforeValidator(_split)]
HttpAddress = Annotated[str, Field(pattern=r"^https?://[^/\s]+(/\S*)?$")]


class Section(BaseModel):
    """One table of the settings file; it knows no keys but its fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, validate_default=True)


class Database(Section):
    """Where everything is kept."""

    url: SecretStr = Field(
        default=SecretStr("sqlite:///data/bareng.db"),
        description="An SQLite file (three slashes, then its path) or a PostgreSQL database.",
        examples=["postgresql://bareng:password@localhost/bareng"],
    )

    @field_validator("url")
    @classmethod
    def _known(cls, url: SecretStr) -> SecretStr:
        expected = "sqlite:///path/to/file.db or postgresql://user:password@host/name"
        return _matching(url, r"sqlite:///[^\s:?][^\n?]*|postgresql://[^/\s]+/\S+", expected)

    @property
    def path(self) -> Path | None:
        """The SQLite file; None on PostgreSQL."""
        kind, _, path = self.url.get_secret_value().partition(":///")
        return Path(path) if kind == "sqlite" else None


class Telegram(Section):
    """The Telegram bot; it is off without a token."""

    token: SecretStr | None = Field(
        default=None,
        description="The token that @BotFather gave you. Better kept out of this file: BARENG_TELEGRAM__TOKEN_FILE.",
        examples=["123456789:AAExampleExampleExampleExampleExamp"],
    )
    base_url: HttpAddress = Field(
        default="https://api.telegram.org",
        description="The Bot API server.",
        examples=["http://localhost:8081"],
    )
    mode: Mode = Field(
        default="polling",
        description="How updates arrive: we ask for them (polling), or Telegram calls us (webhook).",
        examples=["webhook"],
    )
    webhook_url: Annotated[str, Field(pattern=r"^https://[^/\s]+/?$")] | None = Field(
        default=None,
        description="For webhook: the public address, without a path, under which our web server is reached.",
        examples=["https://bareng.example.org"],
    )
    webhook_secret: SecretStr | None = Field(
        default=None,
        description="For webhook: what Telegram sends along so that we know it is Telegram.",
        examples=["the-output-of-openssl-rand-hex-32"],
    )

    menu_names: Literal["mixed", "en"] = Field(
        default="mixed",
        description="The names in the Indonesian command menu: mixed (Indonesian where people learn) or en.",
    )

    @field_validator("token")
    @classmethod
    def _token(cls, token: SecretStr | None) -> SecretStr | None:
        return token and _matching(token, r"\d+:[\w-]+", "a token as @BotFather writes it: digits, a colon, letters")

    @field_validator("webhook_secret")
    @classmethod
    def _secret(cls, secret: SecretStr | None) -> SecretStr | None:
        return secret and _matching(secret, r"[\w-]{32,256}", "32 to 256 letters, digits, _ or -")

    @field_validator("webhook_url", "webhook_secret")
    @classmethod
    def _needed(cls, value: V, info: ValidationInfo) -> V:
        if value is None and info.data.get("mode") == "webhook":
            raise ValueError('a value, because mode is "webhook"')
        return value


class Discord(Section):
    """The Discord bot; it is off without a token."""

    token: SecretStr | None = Field(
        default=None,
        description="The bot's token from the developer portal. Better kept out of this file: "
        "BARENG_DISCORD__TOKEN_FILE.",
        examples=["the-token-from-the-page-Bot"],
    )
    api_url: HttpAddress = Field(
        default="https://discord.com/api/v10",
        description="The REST interface.",
        examples=["http://localhost:8082/api/v10"],
    )
    gateway_url: Annotated[str, Field(pattern=r"^(wss?://[^/\s]+(/\S*)?)?$")] = Field(
        default="",
        description="The gateway; empty means the one that the REST interface names.",
        examples=["ws://localhost:8082/gateway"],
    )

    @field_validator("token")
    @classmethod
    def _token(cls, token: SecretStr | None) -> SecretStr | None:
        return token and _matching(token, r"[\w.-]+", "a token as the developer portal shows it")


class Playground(Section):
    """The local platform that needs no token: a web page and a terminal."""

    enabled: Wanted = Field(
        default="auto",
        description="on, off, or auto: on where there is no token.",
        examples=["on"],
    )
    language: Language = Field(
        default="id",
        description="The language of the page and of the example community: id or en.",
        examples=["en"],
    )

    @field_validator("enabled", mode="before")
    @classmethod
    def _word(cls, value: object) -> object:
        return {True: "on", False: "off"}.get(value, value) if isinstance(value, bool) else value


class Web(Section):
    """The web server of the playground, of Telegram's webhook and of calendars."""

    host: str = Field(
        default="127.0.0.1",
        description="The address on which it listens.",
        examples=["0.0.0.0"],  # noqa: S104
        pattern=r"^[\w.:-]+$",
    )
    port: int = Field(default=8080, description="The port on which it listens; 0 takes a free one.", ge=0, le=65535)
    password: SecretStr | None = Field(
        default=None,
        description=f"Asked for before the playground is shown, at least {LEAST_PASSWORD} characters; needed where "
        "others can reach it.",
        examples=["four words that rhyme"],
    )
    hosts: Words = Field(
        default=(),
        description="Names under which the server may be called, besides localhost and its own address.",
        examples=["bareng.example.org"],
    )
    public_url: Annotated[str, Field(pattern=r"^https?://[^/\s]+/?$")] | None = Field(
        default=None,
        description="The address under which others reach the server; calendars are offered there. Without one it is "
        "the webhook's, and in the playground this machine's own.",
        examples=["https://bareng.example.org"],
    )

    @field_validator("password")
    @classmethod
    def _long(cls, password: SecretStr | None) -> SecretStr | None:
        if password and len(password.get_secret_value()) < LEAST_PASSWORD:
            raise ValueError(f"at least {LEAST_PASSWORD} characters")
        return password

    @property
    def local(self) -> bool:
        """Whether only this machine can reach the server."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


class Library(Section):
    """What groups share to learn from."""

    check_links: bool = Field(
        default=False,
        description="Try about once a month whether each shared link still opens, and report dead ones to moderators. "
        "Bareng then makes requests to addresses that users gave, though never into private networks.",
        examples=[True],
    )


class Buttons(Section):
    """The keys that sign buttons."""

    keys: Secrets = Field(
        default=(),
        description="The first one signs, all are accepted: put a new one in front and drop the old one a month later. "
        "Without any, a key is kept in a file beside the SQLite database.",
        examples=["the-output-of-openssl-rand-hex-32"],
    )

    @field_validator("keys")
    @classmethod
    def _strong(cls, keys: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
        if any(len(key.get_secret_value()) < LEAST_SECRET for key in keys):
            raise ValueError(f"keys of at least {LEAST_SECRET} characters each")
        return keys


class Log(Section):
    """What is logged, on standard error."""

    level: Level = Field(default="info", description="debug, info, warning or error.", examples=["debug"])
    format: Format = Field(
        default="auto",
        description="json, console, or auto: console on a terminal, json elsewhere.",
        examples=["json"],
    )
