"""Logging: one line an event, and no secret in it, whoever wrote it and however it got there."""

import io
import json
import logging
import sys
import traceback
import warnings
from collections.abc import Iterator
from urllib.parse import quote

import pytest
import structlog

from bot.log import HIDDEN, configure, redactor

HALF = "CANARYcanaryCANARYcanaryCANARYcanary"
TOKEN = f"123456:{HALF}"
PASSWORD = 'quo"te\\slash ünder'
SECRETS = (TOKEN, PASSWORD)


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    """Give the tests that follow the logging that they had."""
    root, hook = logging.getLogger(), sys.excepthook
    handlers, level = root.handlers[:], root.level
    yield
    structlog.reset_defaults()
    logging.captureWarnings(False)
    root.handlers[:], sys.excepthook = handlers, hook
    root.setLevel(level)


def logged(style: str = "json", level: str = "info") -> io.StringIO:
    stream = io.StringIO()
    configure(level, style, SECRETS, stream)
    return stream


def crash(secret: str) -> None:
    raise RuntimeError(f"could not reach https://api.example/bot{secret}/getMe")


# What a line is


def test_an_event_is_one_line_of_json_with_its_time() -> None:
    stream = logged()
    structlog.get_logger().info("quiz_opened", community=3)
    (line,) = stream.getvalue().splitlines()
    record = json.loads(line)
    assert (record["event"], record["level"], record["community"]) == ("quiz_opened", "info", 3)
    assert record["timestamp"].endswith("Z")


def test_a_library_logs_in_the_same_form() -> None:
    stream = logged()
    logging.getLogger("some.library").warning("took %s seconds", 3)
    record = json.loads(stream.getvalue())
    assert (record["event"], record["level"], record["logger"]) == ("took 3 seconds", "warning", "some.library")


def test_lines_below_the_level_are_not_written() -> None:
    stream = logged(level="warning")
    structlog.get_logger().info("unimportant")
    logging.getLogger("some.library").info("unimportant")
    assert stream.getvalue() == ""


@pytest.mark.parametrize("name", ["httpx", "aiohttp.access", "telegram.ext", "discord.gateway", "uvicorn.error"])
def test_libraries_that_chat_are_only_heard_when_something_is_wrong(name: str) -> None:
    stream = logged(level="debug")
    logging.getLogger(name).info("HTTP Request: POST https://api.example")
    assert stream.getvalue() == ""
    logging.getLogger(name).warning("trouble")
    assert "trouble" in stream.getvalue()


def test_a_library_that_brought_a_handler_of_its_own_logs_as_the_others_do() -> None:
    library = logging.getLogger("uvicorn.error")
    library.addHandler(logging.StreamHandler(own := io.StringIO()))
    library.propagate = False
    stream = logged()
    library.warning("trouble at %s", TOKEN)
    assert HIDDEN in json.loads(stream.getvalue())["event"]
    assert own.getvalue() == ""


def test_warnings_of_python_are_logged() -> None:
    stream = logged()
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn("old ways", UserWarning, stacklevel=1)
    # Another test's object that ends just now may warn too.
    assert any("old ways" in json.loads(line)["event"] for line in stream.getvalue().splitlines())


NASTY = 'Ani\n{"event": "forged"}\r\x1b[31mred\x00\u2028\u202e\ud800'


def test_what_people_write_stays_in_its_line() -> None:
    stream = logged()
    structlog.get_logger().info("said", words=NASTY)
    logging.getLogger("some.library").error("said %s", NASTY)
    lines = stream.getvalue().split("\n")
    assert len(lines) == 3
    assert json.loads(lines[0])["words"] == NASTY
    assert all(line.isascii() and line.isprintable() for line in lines)


def test_what_people_write_does_not_move_the_cursor_of_a_terminal() -> None:
    stream = logged("console")
    structlog.get_logger().info("said", words=NASTY)
    logging.getLogger("some.library").error("said %s", NASTY)
    lines = stream.getvalue().split("\n")
    assert len(lines) == 3
    assert all(line.isprintable() for line in lines)


def test_a_terminal_gets_words_and_a_file_gets_json() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    configure("info", "auto", (), terminal)
    structlog.get_logger().info("ready")
    assert "ready" in terminal.getvalue()
    assert not terminal.getvalue().startswith("{")
    file = logged("auto")
    structlog.get_logger().info("ready")
    assert json.loads(file.getvalue())["event"] == "ready"


# No secret is in it


@pytest.mark.parametrize("style", ["json", "console"])
@pytest.mark.parametrize("secret", [TOKEN, HALF, PASSWORD, quote(TOKEN, safe=""), quote(PASSWORD, safe="")])
def test_a_secret_is_removed_from_everything_that_is_logged(style: str, secret: str) -> None:
    stream = logged(style, "debug")
    log = structlog.get_logger()
    log.info(f"event {secret}", key=secret, inside={"list": [secret]}, raw=secret.encode())
    logging.getLogger("some.library").warning("GET /bot%s/getMe", secret)
    logging.getLogger("some.library").warning("%r", {"token": secret})
    try:
        crash(secret)
    except RuntimeError:
        log.exception("failed")
        logging.getLogger("some.library").exception("failed too")
        structlog.get_logger().error("cause", error=traceback.format_exc())
    text = stream.getvalue()
    assert text.count(HIDDEN) >= 8
    assert "canary" not in text.lower()
    assert "slash" not in text


def test_a_crash_of_the_process_is_logged_without_secrets() -> None:
    stream = logged()
    try:
        crash(TOKEN)
    except RuntimeError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    record = json.loads(stream.getvalue())
    assert record["level"] == "critical"
    assert HIDDEN in record["exception"]
    assert "canary" not in stream.getvalue().lower()


def test_an_interrupt_by_the_keyboard_is_no_crash(capsys: pytest.CaptureFixture[str]) -> None:
    stream = logged()
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert stream.getvalue() == ""
    assert "KeyboardInterrupt" in capsys.readouterr().err


@pytest.mark.parametrize(
    "text",
    [
        "https://api.telegram.org/bot8123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0/getMe",
        "Bot MTE4NzY1NDMyMTA5ODc2NTQzMjE.GabcdE.abcdefghijklmnopqrstuvwxyz0123456789AB",
        "postgresql://bareng:hunter2hunter2@db/bareng",
    ],
)
def test_what_looks_like_a_token_is_removed_although_nobody_named_it(text: str) -> None:
    hidden = redactor(())(text)
    assert HIDDEN in hidden
    for part in ("AAHdq", "MTE4", "abcdefghij", "hunter2"):
        assert part not in hidden


@pytest.mark.parametrize("text", ["at 12:30:45", "answer 3:b", "https://example.org/a:b", "bot/features/daily.py", ""])
def test_ordinary_words_stay_as_they_are(text: str) -> None:
    assert redactor(("", "a", "3:b"))(text) == text
