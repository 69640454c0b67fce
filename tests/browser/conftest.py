"""Chromium of the distribution, driven by Playwright; where either is missing these tests are skipped, and say so."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import qjreport
from qjreport.model import Report

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]

Open = Callable[..., Any]


def find_chromium() -> str | None:
    """The executable: what CHROMIUM names, or the first of its usual names."""
    named = os.environ.get("CHROMIUM")
    return named or next((path for name in NAMES if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    api = pytest.importorskip("playwright.sync_api", reason="make browser installs playwright")
    executable = find_chromium()
    if executable is None:
        pytest.skip("no Chromium was found; make browser installs it where apt-get can, CHROMIUM=path names one")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield browser
        browser.close()


class Opened:
    """A page in a browser, and what it asked of the network and of the console."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.requests: list[str] = []
        self.errors: list[str] = []
        self.session: Any = None
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)

    def press(self, keys: str) -> None:
        """Each character is a key."""
        for key in keys:
            self.page.keyboard.press(key)

    def ask(self, script: str) -> Any:
        return self.page.evaluate(script)

    def text(self, selector: str) -> str:
        return str(self.page.locator(selector).first.inner_text())

    def chosen(self) -> tuple[str, str]:
        """Item and quote of the row that is chosen."""
        row = self.page.locator('.row[aria-current="true"]')
        return row.locator(".item").inner_text(), row.locator(".quote").inner_text().strip("“”")

    def save(self, folder: Path) -> Path:
        self.page.keyboard.press("s")
        with self.page.expect_download() as download:
            self.page.click("#save-dialog button[type=submit]")
        path = folder / "corrections.json"
        download.value.save_as(path)
        return path

    def load(self, path: Path) -> None:
        self.ask("document.getElementById('notice').textContent = ''")
        self.page.set_input_files("#file", str(path))
        self.page.wait_for_selector("#notice:not(:empty)")


@pytest.fixture
def open_page(browser: Any, tmp_path: Path) -> Iterator[Open]:
    """Opens a page's HTML from a file; `context` opens it in a browser that was used before."""
    contexts = []

    def open_html(
        html: str,
        *,
        name: str = "review.html",
        width: int = 1280,
        height: int = 800,
        context: Any = None,
        measured: bool = False,
        **options: Any,
    ) -> Opened:
        path = tmp_path / name
        path.write_text(html, encoding="utf-8")
        if context is None:
            options = {"locale": "en-US", "viewport": {"width": width, "height": height}, "offline": True} | options
            context = browser.new_context(**options)
            context.set_default_timeout(30_000)
            contexts.append(context)
        opened = Opened(context.new_page())
        if measured:  # in the processor's time
            opened.session = context.new_cdp_session(opened.page)
            opened.session.send("Performance.enable", {"timeDomain": "threadTicks"})
        opened.page.goto(path.as_uri())
        opened.page.wait_for_selector("html[data-ready]", state="attached")
        return opened

    yield open_html
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def bulletin() -> Report:
    return qjreport.extract(ROOT / "samples" / "bulletin.html", name="bulletin.html")


@pytest.fixture(scope="session")
def report() -> Report:
    return qjreport.extract(ROOT / "samples" / "cppcc-report.html", name="cppcc-report.html")
