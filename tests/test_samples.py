"""The samples, stage by stage, against the golden files: a difference says which stage changed."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest
from golden import GOLDEN, SAMPLES, STAGES, read_stages


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_golden(sample: Path) -> None:
    for stage, text in read_stages(sample).items():
        golden = (GOLDEN / sample.stem / f"{stage}.txt").read_text(encoding="utf-8")
        if text != golden:
            # Only the first stage that changed: the later ones follow from it.
            changes = difflib.unified_diff(golden.splitlines(), text.splitlines(), "golden", "now", lineterm="", n=0)
            shown = "\n".join(line[:300] for line, _ in zip(changes, range(40), strict=False))
            pytest.fail(f"{sample.name}: {stage} changed; `make golden` if that is right\n{shown}", pytrace=False)


def test_each_sample_has_its_goldens_and_its_line_in_the_readme() -> None:
    stems = {sample.stem for sample in SAMPLES}
    assert {folder.name for folder in GOLDEN.iterdir()} == stems
    for folder in GOLDEN.iterdir():
        assert {file.stem for file in folder.iterdir()} == set(STAGES)
    readme = (SAMPLES[0].parent / "README.md").read_text(encoding="utf-8")
    assert all(f"`{sample.name}`" in readme for sample in SAMPLES)


def test_the_legacy_sample_is_really_gb2312() -> None:
    data = next(sample for sample in SAMPLES if sample.stem == "legacy-gb2312").read_bytes()
    assert "石舟县" in data.decode("gb2312")
    with pytest.raises(UnicodeDecodeError):
        data.decode("utf-8")
