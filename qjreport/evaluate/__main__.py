"""`python -m qjreport.evaluate`: scores qjreport, or any other tool, on annotated documents."""

from __future__ import annotations

import argparse
import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NoReturn

import msgspec

from qjreport.evaluate.align import pair_facts
from qjreport.evaluate.gold import GoldDocument, GoldError, read_gold
from qjreport.evaluate.predictions import Answer, PredictionError, place_predictions, read_answer
from qjreport.evaluate.score import Scored, evaluate
from qjreport.evaluate.show import show_errors, show_evaluation
from qjreport.pipeline import extract
from qjreport.version import __version__

EXAMPLES = """\
examples:
  python -m qjreport.evaluate
  python -m qjreport.evaluate samples/gold --tool "my-reader {file}" --errors 20
  python -m qjreport.evaluate samples/gold --tool "my-number-reader {text}" --json
  python -m qjreport.evaluate samples/gold --predictions answers/
"""

Ask = Callable[[GoldDocument], Answer]


def main(arguments: list[str] | None = None) -> int:
    args = parse(arguments)
    try:
        documents = [one for one in read_gold(args.folder) if one.name.startswith(args.only)]
        if not documents:
            raise GoldError(f"{args.folder}: no document's name begins with {args.only}")
        name, ask = choose_tool(args)
        scored = list(score_documents(documents, ask))
    except (GoldError, PredictionError) as error:
        print(f"qjreport.evaluate: {error}", file=sys.stderr)
        return 2
    found = evaluate(name, scored)
    errors = list(islice(show_errors(scored), args.errors))
    if args.json:
        print(msgspec.json.format(msgspec.json.encode(found)).decode())
        print(*errors, sep="\n", end="\n" if errors else "", file=sys.stderr)
    else:
        print(show_evaluation(found), *errors, sep="\n", end="\n" if errors else "")
    return 0


def score_documents(documents: Sequence[GoldDocument], ask: Ask) -> Iterator[Scored]:
    """What the tool says of each document, paired; a terminal shows how far it has come."""
    watched = sys.stderr.isatty()
    for number, one in enumerate(documents, 1):
        if watched:
            print(f"\r\x1b[K{number} of {len(documents)}: {one.name}", end="", file=sys.stderr, flush=True)
        try:
            yield one, pair_facts(one, place_predictions(ask(one), one))
        except PredictionError as error:
            raise PredictionError(f"{one.name}: {error}") from error
        finally:
            if watched:
                print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m qjreport.evaluate",
        description="Score a reader of reports on annotated documents; docs/evaluation.md says how.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", type=Path, nargs="?", default=find_gold(), help="annotated pages; else the project's")
    tool = parser.add_mutually_exclusive_group()
    tool.add_argument(
        "--tool",
        metavar="COMMAND",
        help="prints its facts as JSON; {file} in it is the page, {text} a file with the report's text",
    )
    tool.add_argument(
        "--predictions", type=Path, metavar="DIR", help="of a tool's answers, one NAME.json for each page"
    )
    parser.add_argument("--name", help="of the tool, for the table")
    parser.add_argument("--only", default="", metavar="NAME", help="documents whose names begin so")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show the first N disagreements, too")
    parser.add_argument("--json", action="store_true", help="figures as JSON")
    return parser.parse_args(arguments)


def find_gold() -> Path:
    """The annotated documents that came with the package, or those of the checkout that it is read from."""
    package = Path(__file__).parent.parent
    folders = [package / "samples" / "gold", package.parent / "samples" / "gold"]
    return next((folder for folder in folders if folder.is_dir()), folders[0])


def choose_tool(args: argparse.Namespace) -> tuple[str, Ask]:
    """The name of what is scored, and how it answers for a document."""
    folder: Path = args.folder
    if args.predictions:
        return args.name or str(args.predictions), lambda one: load_answer(args.predictions / f"{one.name}.json")
    if args.tool:
        words = shlex.split(args.tool)
        if not any("{file}" in word or "{text}" in word for word in words):
            raise PredictionError("--tool needs {file} or {text} where the document goes")
        return args.name or words[0], lambda one: run_tool(words, folder / one.document, one)
    return args.name or f"qjreport {__version__}", lambda one: read_page(folder / one.document)


def read_page(path: Path) -> Answer:
    """What qjreport says of a page."""
    return msgspec.convert(extract(path), Answer, from_attributes=True)


def load_answer(path: Path) -> Answer:
    try:
        return read_answer(path.read_bytes())
    except OSError as error:
        raise PredictionError(f"{path}: {error.strerror}") from error


def run_tool(words: list[str], page: Path, document: GoldDocument) -> Answer:
    """What the command prints of a page."""
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / f"{document.name}.txt"
        text.write_text("\n".join(document.paragraphs) + "\n", encoding="utf-8")
        command = [word.replace("{file}", str(page)).replace("{text}", str(text)) for word in words]
        try:
            done = subprocess.run(command, capture_output=True, check=False, stdin=subprocess.DEVNULL)
        except OSError as error:
            raise PredictionError(f"{command[0]}: {error.strerror}") from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").split("\n")
        last = next((line.strip() for line in reversed(said) if line.strip()), "and said nothing")
        raise PredictionError(f"the tool ended with {done.returncode}: {last}")
    return read_answer(done.stdout)


def run() -> NoReturn:
    """`main`, ended as a command is: quietly by Ctrl-C, and where nobody reads on (`| head`)."""
    try:
        status = main()
        sys.stdout.flush()
    except KeyboardInterrupt:
        status = 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the interpreter flushes once more
        status = 0
    sys.exit(status)


if __name__ == "__main__":
    run()
