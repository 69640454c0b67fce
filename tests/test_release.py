"""What a release is made of: one version everywhere, a workflow whose parts exist, files for the Containerfile."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from conftest import ROOT

import qjreport

WORKFLOW = ROOT / ".github" / "workflows" / "wheels.yml"


@pytest.fixture(scope="module")
def checker() -> ModuleType:
    spec = spec_from_file_location("check_release", ROOT / ".ci" / "check_release.py")
    assert spec and spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_this_checkout_is_of_one_version(checker: ModuleType) -> None:
    assert checker.find_faults(ROOT, None) == []
    assert f"## {qjreport.__version__} (" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


GOOD = {
    "qjreport/version.py": '"""The version."""\n\n__version__ = "1.2.0"\n',
    "CHANGELOG.md": "# Changelog\n\n## 1.2.0 (2031-05-04)\n\n- New.\n\n### B\n\n- Old.\n\n## 1.1.0 (2030-01-02)\n\n1\n",
    "CITATION.cff": "cff-version: 1.2.0\nversion: 1.2.0\ndate-released: 2031-05-04\n",
}


def write_tree(folder: Path, changed: dict[str, tuple[str, str]]) -> Path:
    for name, text in GOOD.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        old, new = changed.get(name, ("", ""))
        assert old in text
        path.write_text(text.replace(old, new) if old else text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("tag", "changed", "faults"),
    [
        ("v1.2.0", {}, []),
        (None, {}, []),
        ("1.2.0", {}, ["the tag 1.2.0 is not v1.2.0"]),
        ("v1.2.1", {}, ["the tag v1.2.1 is not v1.2.0"]),
        (
            "v1.2.0",
            {"qjreport/version.py": ("1.2.0", "1.3.0")},
            ["is not v1.3.0", "with 1.2.0, not", "is of 1.2.0, not"],
        ),
        ("v1.2.0", {"qjreport/version.py": ("1.2.0", "1.2")}, ["no version of three numbers"]),
        ("v1.2.0", {"CHANGELOG.md": ("2031-05-04", "unreleased")}, ["calls 1.2.0 unreleased", "is not the day"]),
        (None, {"CHANGELOG.md": ("2031-05-04", "unreleased")}, []),
        (None, {"CHANGELOG.md": ("## 1.2.0 (2031-05-04)", "## Next")}, ["begins with 1.1.0"]),
        (None, {"CHANGELOG.md": ("\n- New.\n\n### B\n\n- Old.\n", "")}, ["says nothing of 1.2.0"]),
        (None, {"CITATION.cff": ("\nversion: 1.2.0", "")}, ["is of no version"]),
        ("v1.2.0", {"CITATION.cff": ("2031-05-04", "2031-05-05")}, ["is not the day of the changelog"]),
    ],
)
def test_versions_that_disagree(
    checker: ModuleType, tmp_path: Path, tag: str | None, changed: dict[str, tuple[str, str]], faults: list[str]
) -> None:
    found = checker.find_faults(write_tree(tmp_path, changed), tag)
    assert len(found) == len(faults), found
    assert [part for part, line in zip(faults, found, strict=True) if part not in line] == []


def test_notes_of_a_release_are_its_section(checker: ModuleType, tmp_path: Path) -> None:
    assert checker.read_notes(write_tree(tmp_path, {})) == "- New.\n\n### B\n\n- Old.\n"


def test_a_tag_that_is_wrong_ends_with_1() -> None:
    done = subprocess.run([sys.executable, ROOT / ".ci" / "check_release.py", "v0.0.0"], capture_output=True, text=True)
    assert done.returncode == 1 and "the tag v0.0.0 is not v" in done.stderr and not done.stdout


@pytest.fixture(scope="module")
def jobs() -> dict[str, Any]:
    yaml = pytest.importorskip("yaml", reason="make release reads the workflow, too")
    read: dict[str, Any] = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["jobs"]
    return read


class TestWorkflow:
    def test_jobs_that_are_needed_exist_and_nothing_is_built_before_the_check(self, jobs: dict[str, Any]) -> None:
        needs = {
            name: [job["needs"]] if isinstance(job.get("needs"), str) else job.get("needs", [])
            for name, job in jobs.items()
        }
        assert {name for needed in needs.values() for name in needed} <= set(jobs)
        assert needs == {"check": [], "plain": ["check"], "compiled": ["check"], "release": ["plain", "compiled"]}
        assert all(job["timeout-minutes"] <= 60 for job in jobs.values())

    def test_only_the_last_job_may_write(self, jobs: dict[str, Any]) -> None:
        assert [name for name, job in jobs.items() if "permissions" in job] == ["release"]
        assert "permissions:\n  contents: read\n" in WORKFLOW.read_text(encoding="utf-8")

    def test_files_that_it_names_exist(self, jobs: dict[str, Any]) -> None:
        runs = "\n".join(step.get("run", "") for job in jobs.values() for step in job["steps"])
        named = re.findall(r"(?:\.ci|constraints)/[\w.]+", runs)
        assert len(named) >= 4 and [name for name in named if not (ROOT / name).is_file()] == []

    def test_actions_are_pinned_by_tag(self, jobs: dict[str, Any]) -> None:
        used = [step["uses"] for job in jobs.values() for step in job["steps"] if "uses" in step]
        assert used and [name for name in used if not re.fullmatch(r"[\w-]+/[\w-]+@v\d[\d.]*", name)] == []

    def test_wheels_are_built_compiled_for_every_python_that_the_package_names(self) -> None:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
        settings = project["tool"]["cibuildwheel"]
        assert settings["environment"] == {f"HATCH_BUILD_HOOK_ENABLE_{hook}": "1" for hook in ("MYPYC", "CUSTOM")}
        classified = re.findall(r"Python :: 3\.(\d+)", "\n".join(project["project"]["classifiers"]))
        assert [f"cp3{minor}-*" for minor in classified] == settings["build"].split()

    def test_the_commands_that_try_a_wheel_run(self, tmp_path: Path) -> None:
        settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["cibuildwheel"]
        for source in settings["test-sources"]:
            shutil.copytree(ROOT / source, tmp_path / source)
        audit = [sys.executable, "-m", *settings["test-command"][0].split()]
        done = subprocess.run(audit, cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, capture_output=True, encoding="utf-8")
        assert done.returncode == 0 and "64 facts" in done.stdout


class TestContainer:
    LINES = (ROOT / "Containerfile").read_text(encoding="utf-8").splitlines()

    def test_what_is_copied_is_there_and_goes_to_the_builder(self) -> None:
        kept = [
            line[1:] for line in (ROOT / ".containerignore").read_text(encoding="utf-8").splitlines() if line[:1] == "!"
        ]
        copied = [word for line in self.LINES if re.match("COPY (?!--from)", line) for word in line.split()[1:-1]]
        assert "qjreport" in copied and [name for name in copied if not (ROOT / name).exists()] == []
        assert [name for name in copied if not any(fnmatch(name, pattern) for pattern in kept)] == []

    def test_it_installs_pins_by_hash_and_nothing_from_elsewhere(self) -> None:
        installs = [line for line in self.LINES if "pip install" in line]
        assert len(installs) == 2
        assert "--require-hashes" in installs[0] and "--no-index" in installs[1]

    def test_it_does_not_run_as_root(self) -> None:
        users = [line.split()[1] for line in self.LINES if line.startswith("USER ")]
        assert users and users[-1].isdigit() and users[-1] != "0"


def test_citation_names_the_version_and_the_licence() -> None:
    """`make release` checks it by the schema of the format."""
    yaml = pytest.importorskip("yaml", reason="make release reads it, too")
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert cited["version"] == qjreport.__version__ and cited["license"] == "MIT" and cited["cff-version"] == "1.2.0"
