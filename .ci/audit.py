"""Asks a vulnerability service about every version that constraints/ pins, by pip-audit; `make audit` runs it.

Exit codes: 0 the service looked up every pin and knows no vulnerability; 1 it knows some; 3 unknown, because the
service could not be asked about some pin or any. Being offline is no pass.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

CONSTRAINTS = Path(__file__).resolve().parent.parent / "constraints"
PIN = re.compile(r"^([A-Za-z0-9][\w.-]*)==([^\s;\\]+)", re.MULTILINE)
# A release with a vulnerability that every service has known for years (CVE-2020-14343). A mirror that does not
# know them would clear any release, so an answer without them counts as no answer.
PROBE = ("pyyaml", "5.3")
SERVICES = ("pypi", "osv")
SOUND, VULNERABLE, UNKNOWN = 0, 1, 3

Pin = tuple[str, str]


class NoAnswerError(Exception):
    """The service could not be asked."""


def read_pins(folder: Path) -> list[Pin]:
    """Every name and version in the files of the folder, also those of other systems and Pythons."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    return sorted({(match[1], match[2]) for text in texts for match in PIN.finditer(text)})


def ask(pins: list[Pin], service: str) -> dict[Pin, list[str] | None]:
    """The known vulnerabilities of each pin, None where the service does not know the version.

    Raises NoAnswerError where there is no answer.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "pins.txt")
        path.write_text("".join(f"{name}=={version}\n" for name, version in pins), encoding="utf-8")
        options = ["--no-deps", "--disable-pip", "--format", "json", "--progress-spinner", "off", "--timeout", "15"]
        command = [sys.executable, "-m", "pip_audit", "-s", service, *options, "-r", str(path)]
        done = subprocess.run(command, capture_output=True, encoding="utf-8")
    return read_answer(done.stdout, done.stderr, pins)


def read_answer(printed: str, said: str, pins: list[Pin]) -> dict[Pin, list[str] | None]:
    try:
        entries = json.loads(printed)["dependencies"]
    except (ValueError, KeyError, TypeError):
        last = said.strip().splitlines()[-1:] or ["pip-audit printed nothing"]
        raise NoAnswerError(last[0]) from None
    known = {
        (entry["name"], entry["version"]): [found["id"] for found in entry["vulns"]]
        for entry in entries
        if "version" in entry and "skip_reason" not in entry
    }
    return {pin: known.get(pin) for pin in pins}


def split_rounds(pins: list[Pin]) -> list[list[Pin]]:
    """The pins, in rounds that have each name once: a name may have another version for other Pythons."""
    rounds: list[list[Pin]] = []
    for pin in pins:
        free = next((part for part in rounds if all(pin[0] != name for name, _ in part)), None)
        if free is None:
            rounds.append([pin])
        else:
            free.append(pin)
    return rounds


def audit(pins: list[Pin], service: str) -> tuple[int, list[str]]:
    """The exit code and the message."""
    try:
        if not ask([PROBE], service)[PROBE]:
            raise NoAnswerError(f"it does not know the vulnerability of {PROBE[0]} {PROBE[1]}, which it should")
        answers = {pin: found for part in split_rounds(pins) for pin, found in ask(part, service).items()}
    except NoAnswerError as error:
        return UNKNOWN, [f"the vulnerability service {service} gives no answer, so nothing was checked: {error}"]
    lines = [f"{name} {version}: {', '.join(found)}" for (name, version), found in answers.items() if found]
    unknown = [f"{name} {version}" for (name, version), found in answers.items() if found is None]
    if unknown:
        lines.append(f"not known to {service}, so not checked: {', '.join(unknown)}")
    if len(lines) > bool(unknown):
        return VULNERABLE, lines
    return (UNKNOWN, lines) if unknown else (SOUND, [f"{len(answers)} pins, no known vulnerability ({service})"])


def main() -> int:
    service = sys.argv[1] if len(sys.argv) > 1 else SERVICES[0]
    if service not in SERVICES:
        print(f"no service {service!r}: choose one of {', '.join(SERVICES)}", file=sys.stderr)
        return 2
    code, lines = audit(read_pins(CONSTRAINTS), service)
    print("\n".join(lines), file=sys.stderr if code else sys.stdout)
    return code


if __name__ == "__main__":
    sys.exit(main())
