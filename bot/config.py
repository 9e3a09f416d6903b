"""Settings, checked and frozen: their sections, and what must hold between them."""

from urllib.parse import urlsplit

from pydantic import ValidationInfo, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.section import Buttons, Database, Discord, Library, Log, Playground, Telegram, Web


class Settings(BaseSettings):
    """All settings, checked and frozen. `bot.layers` reads them from where they are written."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="forbid",
        hide_input_in_errors=True,
        validate_default=True,
        env_prefix="BARENG_",
        env_nested_delimiter="__",
        env_ignore_empty=True,
        enable_decoding=False,
    )

    database: Database = Database()
    telegram: Telegram = Telegram()
    discord: Discord = Discord()
    playground: Playground = Playground()
    web: Web = Web()
    library: Library = Library()
    buttons: Buttons = Buttons()
    log: Log = Log()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Nothing is read by itself: `bot.layers` hands over what it read."""
        return (init_settings,)

    @field_validator("playground")
    @classmethod
    def _something_runs(cls, playground: Playground, info: ValidationInfo) -> Playground:
        if playground.enabled == "off" and not _has_token(info):
            raise _at("enabled", '"auto" or "on", or a token: without one there is nothing else to run')
        return playground

    @field_validator("web")
    @classmethod
    def _guarded(cls, web: Web, info: ValidationInfo) -> Web:
        playground = info.data.get("playground")
        if playground and _runs(playground, _has_token(info)) and not web.local and not web.password:
            raise _at("password", f"a password, because others can reach the playground on {web.host}")
        return web

    @field_validator("buttons")
    @classmethod
    def _shared(cls, buttons: Buttons, info: ValidationInfo) -> Buttons:
        database = info.data.get("database")
        if database and database.path is None and not buttons.keys:
            raise _at("keys", "a key, because on PostgreSQL all copies of the bot must sign alike")
        return buttons

    @property
    def secrets(self) -> frozenset[str]:
        """Everything that must stand in no log line."""
        given = (self.telegram.token, self.telegram.webhook_secret, self.discord.token, self.web.password)
        found = {secret.get_secret_value() for secret in (*given, *self.buttons.keys) if secret}
        return frozenset(found | ({urlsplit(self.database.url.get_secret_value()).password or ""} - {""}))

    @property
    def site(self) -> str:
        """The address under which people reach the web server, without a slash at its end; "" if there is none."""
        here = f"http://localhost:{self.web.port}" if self.plays and self.web.port and not self.has_token else ""
        return (self.web.public_url or self.telegram.webhook_url or here).rstrip("/")

    @property
    def plays(self) -> bool:
        """Whether the playground runs."""
        return _runs(self.playground, self.has_token)

    @property
    def has_token(self) -> bool:
        """Whether a real platform runs."""
        return bool(self.telegram.token or self.discord.token)


def _has_token(info: ValidationInfo) -> bool:
    # A platform whose section is wrong counts as wanted: its own mistake is told already.
    platforms = (info.data.get("telegram"), info.data.get("discord"))
    return any(platform is None or platform.token for platform in platforms)


def _runs(playground: Playground, has_token: bool) -> bool:
    return playground.enabled == "on" or (playground.enabled == "auto" and not has_token)


def _at(key: str, expected: str) -> PydanticCustomError:
    """A mistake in how sections go together, found at that key of the section."""
    return PydanticCustomError("together", "{expected}", {"key": key, "expected": expected})
