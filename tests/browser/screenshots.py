"""Takes the pictures in docs/ of the review page, of samples alone: `make screenshots` runs it."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import qjreport  # noqa: E402
from browser.conftest import FLAGS, find_chromium  # noqa: E402
from qjreport.review.page import build_review  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"


class Shot(NamedTuple):
    name: str
    sample: str
    width: int
    height: int
    locale: str
    scheme: str
    act: Callable[[Any], None]


def judge(page: Any) -> None:
    for key in "jaaxaaan":
        page.keyboard.press(key)


def judge_narrow(page: Any) -> None:
    judge(page)
    page.click("#tab-facts")


def edit(page: Any) -> None:
    for key in "jaaxaane":
        page.keyboard.press(key)


SHOTS = (
    Shot("review-1280", "government-report.html", 1280, 800, "en-US", "light", judge),
    Shot("review-1280-zh-dark", "bulletin.html", 1280, 800, "zh-CN", "dark", edit),
    Shot("review-390", "government-report.html", 390, 780, "en-US", "light", judge),
    Shot("review-390-zh-dark", "bulletin.html", 390, 780, "zh-CN", "dark", judge_narrow),
)


def shrink(path: Path) -> None:
    """A palette of 128 colours, where Pillow is installed: a third of the bytes."""
    try:
        from PIL import Image
    except ImportError:
        return
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)


def take_pictures() -> None:
    from playwright.sync_api import sync_playwright

    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        for shot in SHOTS:
            html = Path(folder) / f"{shot.name}.html"
            report = qjreport.extract(ROOT / "samples" / shot.sample, name=shot.sample)
            html.write_text(build_review([report]), encoding="utf-8")
            viewport = {"width": shot.width, "height": shot.height}
            context = browser.new_context(viewport=viewport, locale=shot.locale, color_scheme=shot.scheme)
            page = context.new_page()
            page.goto(html.as_uri())
            page.wait_for_selector("html[data-ready]", state="attached")
            shot.act(page)
            page.wait_for_timeout(300)
            path = PICTURES / f"{shot.name}.png"
            page.screenshot(path=path)
            shrink(path)
            print(path.relative_to(ROOT), path.stat().st_size)
        browser.close()


if __name__ == "__main__":
    take_pictures()
