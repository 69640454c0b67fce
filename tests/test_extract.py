"""extract() in Python takes what the command line takes: a plain file, a packed one, MHTML; bytes as they are."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

import qjreport
from qjreport.sources import SourceError

PAGE = "<h1>提案工作报告</h1><p>全年办理提案459件，办复率达到99.5%。</p>"
MHTML = f"""MIME-Version: 1.0
Content-Type: multipart/related; boundary="cut"

--cut
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: 8bit

{PAGE}
--cut--
"""


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("page.html", PAGE.encode()),
        ("page.html.gz", gzip.compress(PAGE.encode())),
        ("page.mhtml", MHTML.replace("\n", "\r\n").encode()),
    ],
)
def test_a_path_is_read_as_on_the_command_line(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    report = qjreport.extract(path)
    assert [fact.quote for fact in report.facts] == ["459件", "99.5%"]
    assert report.source.name == str(path)


def test_bytes_are_the_page_itself() -> None:
    assert [fact.quote for fact in qjreport.extract(PAGE.encode()).facts] == ["459件", "99.5%"]
    assert qjreport.extract(b"").facts == ()


def test_a_path_without_a_page_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"missing\.html: no such file"):
        qjreport.extract(tmp_path / "missing.html")
