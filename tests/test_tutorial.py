"""docs/tutorial.ipynb: its cells run one after the other, and show what its text says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

NOTEBOOK = ROOT / "docs" / "tutorial.ipynb"
CELLS = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
CODE = ["".join(cell["source"]) for cell in CELLS if cell["cell_type"] == "code"]
SHOWN = """
import json, sys
figure.savefig(sys.argv[1])
bars = [[bar.get_width() for bar in container] for container in axes.containers]
rows = compared[["item", "amount_result", "amount_target"]].values.tolist()
print(json.dumps({"rows": rows, "bars": bars, "target": target.quote, "reports": len(reports)}))
"""


def test_cells_run_and_chart_what_they_compare(tmp_path: Path) -> None:
    pytest.importorskip("pandas", reason="needs the extra notebook")
    pytest.importorskip("matplotlib", reason="needs the extra notebook")
    script = tmp_path / "tutorial.py"
    script.write_text("\n\n".join([*CODE, SHOWN]), encoding="utf-8")
    env = {**os.environ, "PYTHONPATH": str(ROOT), "MPLBACKEND": "Agg", "MPLCONFIGDIR": str(tmp_path)}
    command = [sys.executable, str(script), str(tmp_path / "chart.png")]
    done = subprocess.run(command, cwd=NOTEBOOK.parent, env=env, capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr.decode()
    shown = json.loads(done.stdout)
    assert ["地区生产总值", 6.1, 6.0] in shown["rows"]
    assert shown["bars"] == [[row[1] for row in shown["rows"]], [row[2] for row in shown["rows"]]]
    assert shown["reports"] == len(list((ROOT / "samples").glob("*.html")))
    assert (tmp_path / "chart.png").stat().st_size > 5000


def test_nothing_that_was_shown_is_kept() -> None:
    """Outputs would be those of another version; a reader runs the cells."""
    assert [cell["id"] for cell in CELLS if cell.get("outputs") or cell.get("execution_count")] == []
