"""Builds the documentation site: the pages of the repository, in English and in Chinese, searchable, without a network.

    python .ci/site.py [FOLDER]     needs the extra `site`; FOLDER is build/site where it is not given

The pages are those that readers of the repository see; nothing is written twice. For each language they are copied
into a folder from which MkDocs builds: README becomes the front page, `docs/zh/use.md` the Chinese `use.md`; a page
that has no Chinese version is in the Chinese site in English. On the way

- links are turned: to pages of the same site, to the same page of the other language, and to nothing where the target
  is code that a site does not show. MkDocs checks what is left, and fails on a link or an anchor that leads nowhere;
- headings after the first go down by one where a page has several of the first level, for the table of contents;
- a line break between two Chinese characters goes: browsers would show a space.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path, PurePosixPath
from posixpath import normpath, relpath

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "build" / "pages"
FENCE = re.compile(r"(^```.*?^```$)", re.M | re.S)
LINK = re.compile(r"(?<!!)\[((?:[^\[\]`]|`[^`]*`)+)\]\((?!https?:|mailto:|#)([^)\s#]+)(#[^)\s]*)?\)")
HAN = r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"
BROKEN_LINE = re.compile(rf"(?<={HAN})\n(?={HAN})")
TOP = {
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "SECURITY.md": "security.md",
    "samples/README.md": "samples.md",
    "benchmarks/RESULTS.md": "results.md",
    "fuzz/RESULTS.md": "fuzz.md",
}
KEPT = (".png", ".ipynb")
QUIET = {"NO_MKDOCS_2_WARNING": "1"}  # of what may follow MkDocs 1.6, which constraints/site.txt pins


def list_pages(language: str) -> dict[str, str]:
    """Where each file of the repository stands in the site of a language; both use `/`."""
    docs = [path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "docs").rglob("*")) if path.is_file()]
    docs = [name for name in docs if name.endswith((".md", *KEPT)) and not name.startswith("docs/study/")]
    own = {name: name.removeprefix("docs/zh/") for name in docs if name.startswith("docs/zh/")}
    places = {name: name.removeprefix("docs/") for name in docs if name not in own}
    places |= {name: place for name, place in TOP.items() if (ROOT / name).is_file()}
    if language == "en":
        return places | {"README.md": "index.md"}
    chinese = set(own.values())
    return {name: place for name, place in places.items() if place not in chinese} | own | {"README.zh.md": "index.md"}


def turn_link(match: re.Match[str], name: str, here: dict[str, str], there: dict[str, str], language: str) -> str:
    """A link of the page called `name`, as it is in the site of this language; `there` is the other one."""
    text, target, anchor = match[1], match[2], match[3] or ""
    wanted = normpath((PurePosixPath(name).parent / target).as_posix())
    place = here[name]
    if wanted == "docs/decisions":
        wanted = min(found for found in here if found.startswith("docs/decisions/"))
    if wanted in here:
        return f"[{text}]({relpath(here[wanted], PurePosixPath(place).parent)}{anchor})"
    if wanted in there:
        up = "../" * place.count("/") + ("zh/" if language == "en" else "../")
        return f'<a href="{up}{there[wanted].removesuffix(".md")}.html">{text}</a>'
    return text


def turn_page(text: str, name: str, language: str) -> str:
    here, there = list_pages(language), list_pages("zh" if language == "en" else "en")
    parts = FENCE.split(text)
    several = sum(len(re.findall(r"^# ", part, re.M)) for part in parts[::2]) > 1
    for number in range(0, len(parts), 2):
        part = LINK.sub(lambda match: turn_link(match, name, here, there, language), parts[number])
        if several:
            head, mark, rest = part.partition("\n") if number == 0 else ("", "", part)
            part = head + mark + re.sub(r"^#", "##", rest, flags=re.M)
        if language == "zh":
            part = BROKEN_LINE.sub("", part)
            part = part.replace("](../pictures/", "](pictures/")
        parts[number] = part
    return "".join(parts)


def write_pages(language: str, folder: Path) -> None:
    for name, place in list_pages(language).items():
        path = folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        if name.endswith(".md"):
            path.write_text(turn_page((ROOT / name).read_text("utf-8"), name, language), encoding="utf-8")
        else:
            shutil.copyfile(ROOT / name, path)


def build(target: Path) -> None:
    shutil.rmtree(PAGES, ignore_errors=True)
    shutil.rmtree(target, ignore_errors=True)
    for language, config, folder in (("en", "mkdocs.yml", target), ("zh", "mkdocs.zh.yml", target / "zh")):
        write_pages(language, PAGES / language)
        # Not --quiet: it takes the warnings away before --strict counts them.
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", ROOT / config, "-d", folder]
        subprocess.run([*map(str, command)], check=True, cwd=ROOT, env=os.environ | QUIET)
    pages = sum(1 for _ in target.rglob("*.html"))
    print(f"{target}: {pages} pages; open it by: python3 -m http.server -d {target}")


if __name__ == "__main__":
    build(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT / "build" / "site")
