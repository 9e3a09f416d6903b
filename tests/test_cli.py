"""The command line as a person uses it: real processes, their words and their exit codes."""

import asyncio
import os
import re
import signal
import sqlite3
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.wire.discord.server import FakeDiscord
from tests.wire.telegram.server import FakeTelegram

TOKEN = "123456:CANARYcanaryCANARYcanaryCANARYcanary"


@dataclass
class Shell:
    """A folder in which commands are typed, and the environment around them."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)

    async def start(self, *words: str) -> asyncio.subprocess.Process:
        """Start `bareng` with these words."""
        around = {name: value for name, value in os.environ.items() if not name.startswith("BARENG_")}
        pipe = asyncio.subprocess.PIPE
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            *words,
            cwd=self.folder,
            env={**around, "XDG_RUNTIME_DIR": str(self.folder), **self.settings},
            stdin=pipe,
            stdout=pipe,
            stderr=pipe,
        )

    async def types(self, *words: str, then: str = "") -> tuple[int, str, str]:
        """The exit code, what was said, and what was complained about."""
        process = await self.start(*words)
        async with asyncio.timeout(30):
            out, err = await process.communicate(then.encode())
        return process.returncode or 0, out.decode(), err.decode()

    @asynccontextmanager
    async def running(self, *words: str) -> AsyncIterator["Running"]:
        """`bareng run` until the block ends."""
        process = await self.start("run", "--port", "0", *words)
        running = Running(process)
        try:
            yield running
        finally:
            if process.returncode is None:
                process.kill()
            await process.communicate()


@dataclass
class Running:
    """A bot that runs."""

    process: asyncio.subprocess.Process

    async def page(self) -> str:
        """Its address, once it says so."""
        assert self.process.stdout
        async with asyncio.timeout(20):
            line = (await self.process.stdout.readline()).decode()
        address = re.search(r"http://\S+", line)
        assert address, line
        return address.group()

    async def stop(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        """The exit code after that signal, and what stands in its log."""
        self.process.send_signal(number)
        async with asyncio.timeout(10):
            _, err = await self.process.communicate()
        return self.process.returncode or 0, err.decode()


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


async def get(address: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as client, client.get(address) as answer:
        return answer.status, await answer.text()


async def eventually(look: Callable[[], Awaitable[object]], seconds: float = 15) -> None:
    async with asyncio.timeout(seconds):
        while not await look():  # noqa: ASYNC110, the other side is another process
            await asyncio.sleep(0.05)


# version and help


async def test_the_version_is_told(shell: Shell) -> None:
    assert await shell.types("version") == (0, "bareng 0.1.0\n", "")


async def test_the_version_costs_no_import_of_platforms_storage_or_settings(shell: Shell) -> None:
    shell.settings["PYTHONPROFILEIMPORTTIME"] = "1"
    _, _, imports = await shell.types("version")
    assert "bot.cli" in imports
    for module in ("telegram", "discord", "sqlalchemy", "starlette", "pydantic_settings", "bot.app", "aiohttp"):
        assert not re.search(rf"\| +{re.escape(module)}$", imports, re.MULTILINE), module


async def test_without_words_the_commands_are_shown(shell: Shell) -> None:
    _, out, err = await shell.types()
    for command in ("run", "check-config", "doctor", "migrate", "version"):
        assert command in out + err


async def test_a_platform_that_is_off_is_not_imported(shell: Shell) -> None:
    shell.settings["PYTHONPROFILEIMPORTTIME"] = "1"
    async with shell.running() as bot:
        await bot.page()
        _, imports = await bot.stop()
    assert "adapters.playground" in imports
    for module in ("telegram", "discord", "adapters.telegram.adapter", "adapters.discord.adapter"):
        assert not re.search(rf"\| +{re.escape(module)}$", imports, re.MULTILINE), module


# check-config


async def test_good_settings_are_summed_up(shell: Shell) -> None:
    shell.settings["BARENG_TELEGRAM__TOKEN"] = TOKEN
    code, out, err = await shell.types("check-config")
    assert (code, err) == (0, "")
    assert "Telegram: on, by polling." in out
    assert "Playground: off." in out
    assert "CANARY" not in out


async def test_bad_settings_end_with_exit_code_2_and_every_mistake(shell: Shell) -> None:
    (shell.folder / "config.toml").write_text('[telegram]\ntokn = "1"\n[web]\nport = "many"')
    code, out, err = await shell.types("check-config")
    assert (code, out) == (2, "")
    assert "config.toml: [telegram] tokn: expected one of the keys" in err
    assert "Did you mean token?" in err
    assert "config.toml: [web] port: expected a valid integer" in err


@pytest.mark.parametrize("command", ["run", "doctor", "migrate"])
async def test_no_command_goes_on_with_bad_settings(shell: Shell, command: str) -> None:
    (shell.folder / "other.toml").write_text("[log]\nlevel = 3")
    code, _, err = await shell.types(command, "--config", "other.toml")
    assert code == 2
    assert "other.toml: [log] level" in err
    assert not (shell.folder / "data").exists()


async def test_the_file_may_be_named_in_the_environment(shell: Shell) -> None:
    (shell.folder / "other.toml").write_text("[web]\nport = 9001")
    shell.settings["BARENG_CONFIG"] = "other.toml"
    assert "port 9001" in (await shell.types("check-config"))[1]


# run


async def test_without_a_token_the_playground_opens_with_the_example_community(shell: Shell) -> None:
    async with shell.running() as bot:
        address = await bot.page()
        assert address.startswith("http://127.0.0.1:")
        status, page = await get(address)
        assert status == 200
        assert "Kelas Contoh" in page
        assert '"ok":true' in (await get(address + "health"))[1]
        assert await bot.stop() == (0, "")


async def test_a_second_start_keeps_the_community_and_the_buttons(shell: Shell) -> None:
    seen: list[object] = []
    for _ in range(2):
        async with shell.running() as bot:
            await bot.page()
            await bot.stop()
        with closing(sqlite3.connect(shell.folder / "data/bareng.db")) as database:
            seen.append(database.execute("SELECT id, name FROM community").fetchall())
        seen.append((shell.folder / "data/bareng.db.key").read_text())
    assert seen[0] == [(1, "Kelas Contoh")]
    assert seen[:2] == seen[2:]


async def test_data_is_for_its_owner_alone(shell: Shell) -> None:
    async with shell.running() as bot:
        await bot.page()
        for path in (shell.folder / "data", *(shell.folder / "data").iterdir()):
            assert path.stat().st_mode & 0o077 == 0, path


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_stops_it_cleanly_although_a_page_is_open(shell: Shell, number: signal.Signals) -> None:
    async with shell.running() as bot:
        address = await bot.page()
        async with aiohttp.ClientSession() as client, client.get(address + "events") as events:
            assert await events.content.readline()
            begun = time.monotonic()
            assert await bot.stop(number) == (0, "")
            assert time.monotonic() - begun < 5
    assert not (shell.folder / "data/bareng.db-wal").exists()


async def test_a_second_instance_on_the_same_database_is_refused(shell: Shell) -> None:
    async with shell.running() as bot:
        await bot.page()
        for command in (("run", "--port", "0"), ("migrate",)):
            code, _, err = await shell.types(*command)
            assert code == 1
            assert err.count("\n") == 1
            assert f"Another Bareng (process {bot.process.pid}) already uses data/bareng.db." in err


async def test_a_killed_instance_leaves_the_database_free(shell: Shell) -> None:
    async with shell.running() as bot:
        await bot.page()
        bot.process.kill()
        await bot.process.wait()
    async with shell.running() as bot:
        await bot.page()


async def test_a_taken_port_is_told_in_one_sentence(shell: Shell) -> None:
    async with shell.running() as bot:
        port = (await bot.page()).rstrip("/").rpartition(":")[2]
        shell.settings["BARENG_DATABASE__URL"] = "sqlite:///other.db"
        code, _, err = await shell.types("run", "--port", port)
    assert code == 1
    assert err.startswith(f"Cannot listen on 127.0.0.1, port {port}")
    assert err.count("\n") == 1


async def test_the_playground_is_played_in_the_terminal_too(shell: Shell) -> None:
    code, out, err = await shell.types("run", "--terminal", "--port", "0", then="/points\nquit\n")
    assert (code, err) == (0, "")
    assert "Ani" in out


async def test_a_file_that_is_no_database_is_left_alone(shell: Shell) -> None:
    (shell.folder / "data").mkdir()
    (shell.folder / "data/bareng.db").write_bytes(b"my precious notes " * 1000)
    code, _, err = await shell.types("run", "--port", "0")
    assert code == 78
    assert "is not a readable SQLite database" in err
    assert (shell.folder / "data/bareng.db").read_bytes() == b"my precious notes " * 1000


async def test_a_newer_schema_is_refused_in_one_sentence(shell: Shell) -> None:
    assert (await shell.types("migrate"))[0] == 0
    with closing(sqlite3.connect(shell.folder / "data/bareng.db")) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    for command in (("run", "--port", "0"), ("migrate",)):
        code, _, err = await shell.types(*command)
        assert code == 78
        assert "newer Bareng (schema 9999" in err
        assert "Traceback" not in err


async def test_a_folder_that_cannot_be_made_is_told(shell: Shell) -> None:
    (shell.folder / "data").touch()
    code, _, err = await shell.types("run", "--port", "0")
    assert code == 1
    assert err.startswith("Cannot write data/bareng.db.lock")
    assert err.count("\n") == 1


async def test_a_broken_key_file_stops_the_start(shell: Shell) -> None:
    (shell.folder / "data").mkdir()
    (shell.folder / "data/bareng.db.key").write_text("")
    code, _, err = await shell.types("run", "--port", "0")
    assert code == 1
    assert "data/bareng.db.key holds no key" in err


# migrate


async def test_migrate_says_whether_there_was_anything_to_do(shell: Shell) -> None:
    assert await shell.types("migrate") == (0, "The database was brought to the newest schema.\n", "")
    assert await shell.types("migrate") == (0, "The database is up to date.\n", "")


# with tokens


@pytest.fixture
async def telegram(shell: Shell) -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram(TOKEN) as server:
        shell.settings["BARENG_TELEGRAM__TOKEN_FILE"] = str(shell.folder / "token")
        shell.settings["BARENG_TELEGRAM__BASE_URL"] = server.base_url.removesuffix("/bot")
        shell.settings["BARENG_LOG__LEVEL"] = "debug"
        (shell.folder / "token").write_text(TOKEN + "\n")
        yield server


@pytest.fixture
async def discord(shell: Shell) -> AsyncIterator[FakeDiscord]:
    async with FakeDiscord() as server:
        shell.settings["BARENG_DISCORD__TOKEN"] = server.token
        shell.settings["BARENG_DISCORD__API_URL"] = server.api
        shell.settings["BARENG_DISCORD__GATEWAY_URL"] = server.gateway_url
        yield server


def asked(server: FakeTelegram, method: str) -> Callable[[], Awaitable[object]]:
    async def look() -> object:
        return server.truth.count("call", method)

    return look


async def test_with_tokens_the_platforms_run_and_the_playground_is_off(
    shell: Shell, telegram: FakeTelegram, discord: FakeDiscord
) -> None:
    async with shell.running() as bot:
        await discord.client_arrived(20)
        await eventually(asked(telegram, "getUpdates"))
        code, log = await bot.stop()
    assert code == 0
    assert "canary" not in log.lower()
    assert not (shell.folder / "data").exists() or "playground" not in log


async def test_the_playground_may_be_asked_for_beside_a_platform(shell: Shell, telegram: FakeTelegram) -> None:
    async with shell.running("--playground") as bot:
        address = await bot.page()
        assert '"platforms":["playground","telegram"]' in (await get(address + "health"))[1]


async def test_a_second_instance_with_the_same_token_is_refused_wherever_it_runs(
    shell: Shell, telegram: FakeTelegram
) -> None:
    async with shell.running():
        await eventually(asked(telegram, "getUpdates"))
        shell.settings["BARENG_DATABASE__URL"] = "sqlite:///other.db"
        code, _, err = await shell.types("run", "--port", "0")
    assert code == 1
    assert "already runs with the same Telegram token" in err
    assert "canary" not in err.lower()


async def test_a_refused_token_ends_with_exit_code_77(shell: Shell, telegram: FakeTelegram) -> None:
    telegram.token = "another"
    code, _, err = await shell.types("run", "--port", "0")
    assert code == 77
    assert "Telegram does not accept the bot's token (any more)." in err.splitlines()[-1]
    assert "canary" not in err.lower()


async def test_a_token_that_is_revoked_while_running_ends_with_exit_code_77(
    shell: Shell, telegram: FakeTelegram
) -> None:
    async with shell.running() as bot:
        await eventually(asked(telegram, "getUpdates"))
        telegram.token = "another"
        telegram.people.say(*_somebody(telegram))
        async with asyncio.timeout(20):
            _, err = await bot.process.communicate()
        assert bot.process.returncode == 77
        assert b"does not accept" in err


async def test_a_platform_that_is_away_at_the_start_holds_up_neither_start_nor_stop(shell: Shell) -> None:
    shell.settings |= {"BARENG_TELEGRAM__TOKEN": TOKEN, "BARENG_TELEGRAM__BASE_URL": "http://127.0.0.1:9"}
    async with shell.running("--playground") as bot:
        assert (await get(await bot.page()))[0] == 200
        begun = time.monotonic()
        code, log = await bot.stop()
        assert code == 0
        assert time.monotonic() - begun < 10
    assert "telegram_unreachable" in log
    assert "canary" not in log.lower()


def _somebody(server: FakeTelegram) -> tuple[Any, Any, str]:
    person = server.world.add_person("Ani")
    return person, server.world.private_chat(person), "halo"


# doctor


async def test_the_doctor_is_content_with_a_healthy_bot(
    shell: Shell, telegram: FakeTelegram, discord: FakeDiscord
) -> None:
    code, out, err = await shell.types("doctor")
    assert (code, err) == (0, "")
    assert "ok    Database: data/bareng.db will be made at the first start." in out
    assert "ok    Telegram: the token is good" in out
    assert "ok    Discord: the token is good" in out


async def test_the_doctor_fails_where_something_does_not_work(shell: Shell, telegram: FakeTelegram) -> None:
    telegram.token = "another"
    (shell.folder / "config.toml").touch(0o644)
    assert (await shell.types("migrate"))[0] == 0
    code, out, _ = await shell.types("doctor")
    assert code == 1
    assert "fail  Telegram: the token is not accepted." in out
    assert "-> Get the token from @BotFather" in out
    assert "warn  config.toml can be read by other users" in out
    assert "ok    Database: schema" in out
    assert "canary" not in out.lower()


async def test_the_doctor_says_what_is_wrong_with_the_database(shell: Shell) -> None:
    (shell.folder / "data").mkdir()
    (shell.folder / "data/bareng.db").write_bytes(b"my precious notes " * 1000)
    code, out, _ = await shell.types("doctor")
    assert code == 1
    assert "fail  Database: file is not a database" in out
