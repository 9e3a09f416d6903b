"""Settings: who overrules whom, what a mistake is told, and that nothing secret is shown."""

import os
import re
import textwrap
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot import layers
from bot.config import Settings
from bot.layers import BadSettings

ROOT = Path(__file__).parents[2]
TOKEN = "123456:CANARYcanaryCANARYcanaryCANARYcanary"


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings file and no environment of the machine that runs the tests."""
    for name in list(os.environ):
        if name.startswith("BARENG_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def write(text: str, name: str = "config.toml") -> Path:
    path = Path(name)
    path.write_text(textwrap.dedent(text), "utf-8")
    return path


def problems(file: Path | None = None, options: layers.Layer | None = None) -> list[str]:
    with pytest.raises(BadSettings) as caught:
        layers.read(file, options)
    return [str(problem) for problem in caught.value.problems]


def only_problem(file: Path | None = None) -> str:
    (problem,) = problems(file)
    return problem


# Where a value comes from


def test_without_anything_the_playground_runs_on_an_embedded_database() -> None:
    settings = layers.read()
    assert settings.plays
    assert settings.database.path == Path("data/bareng.db")
    assert (settings.web.host, settings.web.port) == ("127.0.0.1", 8080)


def test_the_file_in_the_working_directory_is_read() -> None:
    write("[web]\nport = 9000")
    assert layers.read().web.port == 9000


def test_a_named_file_is_read_instead() -> None:
    write("[web]\nport = 9000")
    assert layers.read(write("[web]\nport = 9001", "other.toml")).web.port == 9001


def test_a_file_with_a_byte_order_mark_is_read() -> None:
    Path("config.toml").write_bytes(b"\xef\xbb\xbf[web]\r\nport = 9000\r\n")
    assert layers.read().web.port == 9000


def test_each_layer_overrules_the_one_before(monkeypatch: pytest.MonkeyPatch) -> None:
    write('[telegram]\ntoken = "1:file"\n[web]\nport = 1')
    read = [layers.read()]
    monkeypatch.setenv("BARENG_TELEGRAM__TOKEN", "1:environment")
    monkeypatch.setenv("BARENG_WEB__PORT", "2")
    read.append(layers.read())
    monkeypatch.setenv("BARENG_TELEGRAM__TOKEN_FILE", str(write("1:secret\n", "token")))
    read.append(layers.read())
    read.append(layers.read(options={"web": {"port": 3}}))
    tokens = [settings.telegram.token.get_secret_value() for settings in read if settings.telegram.token]
    assert tokens == ["1:file", "1:environment", "1:secret", "1:secret"]
    assert [settings.web.port for settings in read] == [1, 2, 2, 3]


def test_layers_are_mixed_key_by_key(monkeypatch: pytest.MonkeyPatch) -> None:
    write('[web]\nport = 9000\nhosts = ["a.example"]')
    monkeypatch.setenv("BARENG_WEB__HOST", "127.0.0.2")
    web = layers.read().web
    assert (web.host, web.port, web.hosts) == ("127.0.0.2", 9000, ("a.example",))


def test_an_empty_variable_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    write("[web]\nport = 9000")
    monkeypatch.setenv("BARENG_WEB__PORT", "")
    assert layers.read().web.port == 9000


@pytest.mark.parametrize("written", ["a.example,b.example", "a.example b.example", " a.example,\n b.example\n"])
def test_a_list_may_be_one_string(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("BARENG_WEB__HOSTS", written)
    assert layers.read().web.hosts == ("a.example", "b.example")


def test_a_secret_file_holds_one_key_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BARENG_BUTTONS__KEYS_FILE", str(write(f"{'a' * 32}\n{'b' * 32}\n", "keys")))
    assert [key.get_secret_value()[0] for key in layers.read().buttons.keys] == ["a", "b"]


def test_every_key_can_be_set_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for key, field in layers.fields().items():
        value = (field.examples or [field.default])[0]
        monkeypatch.setenv(layers.variable(key), str(value))
    monkeypatch.setenv("BARENG_BUTTONS__KEYS", "k" * 32)
    settings = layers.read()
    for section, name in layers.fields():
        assert getattr(getattr(settings, section), name) is not None
    assert settings.telegram.mode == "webhook"
    assert settings.database.path is None


# What runs


def test_with_a_token_the_playground_is_off_unless_asked_for() -> None:
    write(f'[telegram]\ntoken = "{TOKEN}"')
    assert not layers.read().plays
    assert layers.read(options={"playground": {"enabled": "on"}}).plays


@pytest.mark.parametrize("word", ["true", '"on"'])
def test_the_playground_takes_plain_booleans_too(word: str) -> None:
    write(f'[playground]\nenabled = {word}\n[telegram]\ntoken = "1:a"')
    assert layers.read().plays


@pytest.mark.parametrize(
    ("host", "local"), [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("box", False)]
)
def test_only_a_loopback_address_is_local(host: str, local: bool) -> None:
    options = {"web": {"host": host, "password": "correct horse"}}
    assert layers.read(options=options).web.local is local


# Mistakes


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[telegarm]", "config.toml: telegarm: expected one of the sections .*Did you mean telegram?"),
        ('token = "1:a"', r"config.toml: token: .*Did you mean \[telegram\] token or \[discord\] token?"),
        ('[telegram]\ntokn = "1:a"', r"\[telegram\] tokn: expected one of the keys token, .*Did you mean token?"),
        (
            '[telegram]\ntoken = "abc"',
            r'\[telegram\] token: expected a token as @BotFather .*Example: token = "\d+:AAE',
        ),
        ('[telegram]\nmode = "hook"', r"\[telegram\] mode: expected 'polling' or 'webhook'\. Example: mode = "),
        ('[telegram]\nbase_url = "api"', r"\[telegram\] base_url: expected a value like the one in the example"),
        ('[discord]\ntoken = "Bot abc"', r"\[discord\] token: expected a token as the developer portal"),
        ('[web]\nport = "many"', r"\[web\] port: expected a valid integer.* Example: port = 8080"),
        (
            "[library]\ncheck_links = 7",
            r"\[library\] check_links: expected a valid boolean.* Example: check_links = true",
        ),
        ("[web]\nport = 70000", r"\[web\] port: expected less than or equal to 65535"),
        ('[web]\npassword = "short"', r"\[web\] password: expected at least 12 characters"),
        ('[database]\nurl = "mysql://a/b"', r"\[database\] url: expected sqlite:///path/to/file.db or postgresql"),
        ('[database]\nurl = "sqlite:///:memory:"', r"\[database\] url: expected sqlite:///path/to/file.db"),
        ('[buttons]\nkeys = ["short"]', r"\[buttons\] keys: expected keys of at least 32 characters"),
        ("web = 3", r"config.toml: \[web\]: expected a table"),
        ("[web\nport = 1", "config.toml: the file: expected TOML, but it says: .*line 1"),
    ],
)
def test_a_mistake_names_file_key_and_what_was_expected(text: str, told: str) -> None:
    write(text)
    assert re.search(told, only_problem())


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('[playground]\nenabled = "off"', "[playground] enabled"),
        ('[web]\nhost = "0.0.0.0"', "[web] password"),
        ('[database]\nurl = "postgresql://a/b"', "[buttons] keys"),
        (f'[telegram]\nmode = "webhook"\nwebhook_secret = "{"s" * 32}"', "[telegram] webhook_url"),
        ('[telegram]\nmode = "webhook"\nwebhook_url = "https://a.example"', "[telegram] webhook_secret"),
        (f'[telegram]\nwebhook_secret = "{"s" * 31}"', "[telegram] webhook_secret"),
        ('[telegram]\nwebhook_url = "http://a.example"', "[telegram] webhook_url"),
    ],
)
def test_settings_that_do_not_go_together_are_refused(text: str, key: str) -> None:
    write(text)
    assert f"config.toml: {key}: expected" in only_problem()


def test_a_public_address_needs_no_password_where_nothing_is_played() -> None:
    write('[telegram]\ntoken = "1:a"\n[web]\nhost = "0.0.0.0"')
    assert not layers.read().plays


def test_all_mistakes_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    write('[web]\nport = "many"\nprot = 1\n[log]\nlevel = "loud"')
    monkeypatch.setenv("BARENG_TELEGRAM__TOKEN", "nonsense")
    monkeypatch.setenv("BARENG_DISCORD__TOKEN_FILE", "/nowhere")
    told = problems()
    assert len(told) == 5
    for word in ("port", "prot", "level", "BARENG_TELEGRAM__TOKEN", "BARENG_DISCORD__TOKEN_FILE"):
        assert any(word in line for line in told)


def test_a_wrong_variable_is_named_as_it_was_written(monkeypatch: pytest.MonkeyPatch) -> None:
    write("[web]\nport = 1")
    monkeypatch.setenv("BARENG_WEB__PORT", "many")
    assert only_problem().startswith("environment: BARENG_WEB__PORT: expected a valid integer")


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("BARENG_WEB__PROT", "BARENG_WEB__PORT"),
        ("BARENG_WEB_PORT", "BARENG_WEB__PORT"),
        ("BARENG_TELEGRAM__TOKN_FILE", "BARENG_TELEGRAM__TOKEN_FILE"),
    ],
)
def test_an_unknown_variable_is_told_with_what_was_probably_meant(
    monkeypatch: pytest.MonkeyPatch, name: str, meant: str
) -> None:
    monkeypatch.setenv(name, "1")
    assert only_problem().endswith(f"{name}: expected a setting that exists. Did you mean {meant}?")


def test_variables_for_tests_and_for_the_file_are_no_mistakes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BARENG_TEST_POSTGRES_URL", "postgresql://a/b")
    monkeypatch.setenv("BARENG_CONFIG", "config.toml")
    assert layers.read().plays


def test_a_named_file_that_is_missing_is_a_mistake() -> None:
    assert only_problem(Path("nowhere.toml")).startswith("nowhere.toml: the file: expected a settings file there")


def test_a_file_in_another_encoding_is_a_mistake() -> None:
    Path("config.toml").write_bytes("# é".encode("latin-1"))
    assert "expected text in UTF-8" in only_problem()


def test_a_folder_is_no_settings_file() -> None:
    Path("config.toml").mkdir()
    assert "expected a file that can be read" in only_problem()


@pytest.mark.parametrize("content", [b"x" * (layers.MOST_SECRET_BYTES + 1), b"\xff\xfe"])
def test_a_secret_file_that_is_none_is_a_mistake(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    Path("token").write_bytes(content)
    monkeypatch.setenv("BARENG_TELEGRAM__TOKEN_FILE", "token")
    assert "not a short text in UTF-8" in only_problem()


# Secrets


def secrets_of(settings: Settings) -> Iterator[str]:
    yield repr(settings)
    yield str(settings.telegram)
    yield settings.model_dump_json()


def test_no_secret_is_shown() -> None:
    write(
        f"""
        [database]
        url = "postgresql://bareng:CANARY@localhost/bareng"
        [telegram]
        token = "{TOKEN}"
        webhook_secret = "{"CANARY" * 6}"
        [web]
        password = "CANARY-password"
        [buttons]
        keys = ["{"CANARY" * 6}"]
        """
    )
    for text in secrets_of(layers.read()):
        assert "canary" not in text.lower()


def test_no_secret_is_shown_in_a_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    write('[telegram]\ntoken = "CANARY"\nwebhook_secret = "CANARY"\n[buttons]\nkeys = ["CANARY"]')
    monkeypatch.setenv("BARENG_DATABASE__URL", "mysql://bareng:CANARY@localhost")
    told = problems()
    assert len(told) == 4
    assert "CANARY" not in "\n".join(told)


def test_settings_are_frozen() -> None:
    settings = layers.read()
    with pytest.raises(ValueError, match="frozen"):
        settings.web.port = 1


# The example


def shown(value: object) -> object:
    """A setting as TOML would give it."""
    return value.get_secret_value() if isinstance(value, SecretStr) else value


def test_the_example_holds_every_key_with_its_default_and_its_meaning() -> None:
    text = (ROOT / "config.example.toml").read_text("utf-8")
    prose = " ".join(re.sub(r"(?m)^# ?", "", text).split())
    uncommented = tomllib.loads(re.sub(r"(?m)^# (\w+ = )", r"\1", text))
    assert [(section, name) for section, table in uncommented.items() for name in table] == list(layers.fields())
    for (section, name), field in layers.fields().items():
        default = shown(field.default)
        expected = (field.examples or [None])[0] if default in (None, "", ()) else default
        given = uncommented[section][name]
        assert given == ([expected] if isinstance(given, list) else expected), name
        assert " ".join((field.description or "").split()) in prose, name


def test_the_example_as_it_stands_changes_nothing() -> None:
    assert layers.read(ROOT / "config.example.toml") == Settings()


def test_the_example_uncommented_would_be_taken() -> None:
    text = (ROOT / "config.example.toml").read_text("utf-8")
    settings = layers.read(write(re.sub(r"(?m)^# (\w+ = )", r"\1", text)))
    assert settings.telegram.token
    assert settings.web.hosts == ("bareng.example.org",)
