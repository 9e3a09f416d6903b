"""The playground's page served on a free port of this machine, and a browser to look at it."""

import asyncio
import os
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import uvicorn
from playwright.async_api import Browser, Page, async_playwright

from adapters.playground.adapter import Playground
from adapters.playground.clock import Turning
from adapters.playground.web import Page as Site

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def chromium() -> str:
    """The installed Chromium, "" if there is none."""
    return next((path for name in NAMES if (path := shutil.which(name))), "")


@asynccontextmanager
async def serve(
    playground: Playground, language: str = "en", *, turning: bool = True, port: int = 0
) -> AsyncIterator[str]:
    """The address under which the page of this playground is served, on that port or a free one."""
    clock = playground.clock if turning and isinstance(playground.clock, Turning) else None

    app = Site(playground, clock, language).app()
    server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_config=None, timeout_graceful_shutdown=3))
    with socket.create_server(("127.0.0.1", port)) as listener:
        running = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
        finally:
            playground.transcript.close()
            server.should_exit = True
            await running


@asynccontextmanager
async def browse() -> AsyncIterator[Browser]:
    """A real browser; where none is installed the test is skipped, in CI it fails."""
    path = chromium()
    if not path:
        message = "NO CHROMIUM FOUND: the page is not tested in a browser. Install it: apt-get install chromium"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(message)
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            await browser.close()


async def ready(page: Page) -> None:
    """Wait until the page has heard from the server."""
    await page.wait_for_selector("#jumps .jump", state="attached")
