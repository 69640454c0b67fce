"""--match: pages by the words in their bytes, in every encoding; what is passed over is counted."""

from __future__ import annotations

import gzip
import json
from email.message import EmailMessage
from pathlib import Path

import pytest
from archives import (
    make_page,
    make_pages,
    make_record,
    make_response,
    make_tar,
    make_zip,
    name_url,
    needs_zstd,
    pack,
    pack_records,
    write,
)
from conftest import Run
from crawls import MEMBERS, list_ranges, make_crawl, make_cuts, tell_all
from entries import list_all, list_pages
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qjreport.sources.entry import Limits
from qjreport.sources.stream import Opened
from qjreport.sources.words_asked import Sieve, find_words

WORDS = ("工作报告",)
PACKINGS = ["", "gz", pytest.param("zst", marks=needs_zstd)]
TEXT = "<p>市政协常委会工作报告，2024年</p>"
ENCODINGS = ["utf-8", "gbk", "gb18030", "utf-16-le", "utf-16-be", "utf-16", "utf-8-sig", "utf-32"]


def make_sieve(*words: str) -> Sieve:
    return Sieve(words or WORDS, Limits())


class TestWords:
    @pytest.mark.parametrize("encoding", ENCODINGS)
    def test_encodings(self, encoding: str) -> None:
        assert find_words(WORDS, TEXT.encode(encoding))
        assert not find_words(("统计公报",), TEXT.encode(encoding))

    def test_traditional_spelling_is_given_by_who_wants_it(self) -> None:
        assert find_words(("工作報告",), "<p>施政工作報告</p>".encode("big5"))
        assert not find_words(WORDS, "<p>施政工作報告</p>".encode("big5"))
        assert find_words(("統計公報", "工作報告"), "工作報告".encode())

    @pytest.mark.parametrize("encoding", ["utf-8", "gbk", "utf-16-le", "utf-16-be"])
    @pytest.mark.parametrize(
        "spelling",
        [
            "&#24037;&#20316;&#25253;&#21578;",
            "&#x5DE5;&#x4F5C;&#x62A5;&#x544A;",
            "&#X5de5;&#x4f5c;&#x62a5;&#X544a;",
            "&#00024037;&#x005DE5&#20316;&#25253;&#21578;&#24037;&#20316;&#25253;&#21578;",
            "工&#20316;报&#x544A;",
            "&#24037&#20316&#25253&#21578，",
        ],
    )
    def test_references(self, spelling: str, encoding: str) -> None:
        assert find_words(WORDS, f"<p>{spelling}</p>".encode(encoding))

    @pytest.mark.parametrize(
        "near",
        ["&#240371;作报告", "工 作报告", "工<b>作</b>报告", "&amp;#24037;作报告", "%E5%B7%A5作报告", "&#x5DE5F;作报告"],
    )
    def test_what_is_missed(self, near: str) -> None:
        """Broken by a tag or white space, or spelled in a way that no page uses in its text."""
        assert not find_words(WORDS, near.encode())

    def test_words_of_ascii_and_an_encoding_that_is_known(self) -> None:
        assert find_words(("GDP",), b"<p>GDP") and not find_words(("GDP",), b"<p>gdp")
        assert find_words(("作業",), "作業".encode("euc-jp"), "euc-jp")
        assert not find_words(("作業",), "作業".encode("euc-jp"))

    @settings(max_examples=200, deadline=None, derandomize=True)
    @given(
        st.text(st.characters(codec="gb18030"), max_size=30),
        st.sampled_from(["utf-8", "gb18030", "utf-16-le", "utf-16-be"]),
        st.text(st.characters(codec="gb18030"), max_size=30),
    )
    def test_no_page_that_has_the_words_is_missed(self, before: str, encoding: str, after: str) -> None:
        assert find_words(WORDS, f"<p>{before}工作报告{after}".encode(encoding))


class TestSources:
    def list_pages(self, path: Path, *words: str) -> tuple[list[bytes], int]:
        sieve = make_sieve(*words)
        return list_pages(list_all(path, sieve=sieve)), sieve.passed

    def test_folders_and_archives(self, tmp_path: Path) -> None:
        pages = {**make_pages(3), "x.html": b"<p>nothing", "y.css": b"", "z.html": b"%PDF-1.7"}
        for name, data in pages.items():
            write(tmp_path / "p" / name, data)
        wanted = [page for name, page in pages.items() if name[0] in "123"]
        assert self.list_pages(tmp_path / "p") == (wanted, 3)
        assert self.list_pages(write(tmp_path / "a.zip", make_zip(pages))) == (wanted, 3)
        assert self.list_pages(write(tmp_path / "a.tar.gz", make_tar(pages, "gz"))) == (wanted, 3)
        assert self.list_pages(tmp_path / "p", "第2号", "第3号") == (wanted[1:], 4)

    def test_packed_pages_are_unpacked_first(self, tmp_path: Path) -> None:
        write(tmp_path / "a.html.gz", gzip.compress(make_page(1)))
        mail = EmailMessage()
        mail["Subject"] = "saved page"
        mail.set_content(TEXT, subtype="html", cte="base64")
        write(tmp_path / "b.mhtml", mail.as_bytes())
        pages, passed = self.list_pages(tmp_path)
        assert (len(pages), passed) == (2, 0)

    def test_what_cannot_be_read_is_not_passed_over(self, tmp_path: Path) -> None:
        write(tmp_path / "a.html.gz", gzip.compress(make_page(1))[:-20])
        sieve = make_sieve()
        [entry] = list_all(tmp_path, sieve=sieve)
        assert (entry.address, sieve.passed) == (str(tmp_path / "a.html.gz"), 0)

    @pytest.mark.parametrize("encoding", ["gzip", "identity"])
    @pytest.mark.parametrize("packing", PACKINGS)
    def test_crawls(self, tmp_path: Path, packing: str, encoding: str) -> None:
        """Pictures, redirects and revisits leave no failures; damage is reported."""
        body = gzip.compress if encoding == "gzip" else bytes
        with_words, without = make_page(1), b"<p>nothing"
        records = [
            make_record(make_response(body(with_words), f"Content-Encoding: {encoding}"), name_url(1)),
            make_record(make_response(body(without), f"Content-Encoding: {encoding}"), name_url(2)),
            make_record(make_response(b"\x89PNG" * 99, media_type="image/png"), name_url(3)),
            make_record(make_response(with_words, status=404), name_url(4)),
            make_record(b"", name_url(5), kind="revisit"),
            make_record(b"GET / HTTP/1.1\r\n\r\n", name_url(6), kind="request"),
            make_record(with_words, name_url(7), kind="conversion", media_type="text/plain"),
            make_record(b"{}", name_url(8), kind="resource", media_type="application/json"),
        ]
        cut_off = make_record(make_response(with_words), name_url(9))[:-60]
        path = write(tmp_path / "a.warc", pack_records([*records, cut_off], packing))
        sieve = make_sieve()
        found = list_all(path, sieve=sieve)
        assert [(entry.url, entry.failure.error if entry.failure else None) for entry in found] == [
            (name_url(1), None),
            (name_url(7), None),
            (name_url(9), "damaged"),
        ]
        assert (list_pages(found), sieve.passed) == ([with_words] * 2, 5)

    def test_bodies_of_what_is_no_page_are_not_read(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        picture = make_record(make_response(bytes(4_000_000), media_type="image/png"), name_url(1))
        path = write(tmp_path / "a.warc", picture * 3 + make_record(make_response(make_page(1)), name_url(2)))
        given: list[int] = []
        read = Opened.read
        monkeypatch.setattr(Opened, "read", lambda self, size: given.append(size) or read(self, size))
        assert len(list_pages(list_all(path, sieve=make_sieve()))) == 1
        assert sum(given) < 1_000_000

    def test_wrong_length_of_what_is_passed_over_takes_no_other_record(self, tmp_path: Path) -> None:
        page = make_record(make_response(make_page(1)), name_url(2))
        for length in (b"900", b"99999999"):
            picture = make_record(make_response(b"PNG", media_type="image/png"), name_url(1))
            head, _, rest = picture.partition(b"Content-Length: ")
            broken = head + b"Content-Length: " + length + rest[rest.index(b"\r\n") :]
            found = list_all(write(tmp_path / "a.warc", broken + page * 2), sieve=make_sieve())
            assert list_pages(found) == [make_page(1)] * 2
            assert found[0].failure and found[0].failure.error == "damaged"

    @pytest.mark.parametrize("packing", PACKINGS)
    @settings(
        max_examples=80,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(data=st.data())
    def test_ranges_give_the_whole(self, tmp_path: Path, packing: str, data: st.DataObject) -> None:
        content = data.draw(make_crawl(packing, [*MEMBERS, "crawl"]))
        path = write(tmp_path / "a.warc", content)
        sieve, parts = make_sieve("第1号", "第3号"), make_sieve("第1号", "第3号")
        whole = list_all(path, sieve=sieve)
        cuts = data.draw(make_cuts(content, list_all(path)))
        assert tell_all(list_ranges(path, cuts, sieve=parts)) == tell_all(whole)
        assert parts.passed == sieve.passed


class TestCommand:
    def test_what_is_passed_over_is_counted_and_said(self, run: Run, tmp_path: Path) -> None:
        write(tmp_path / "p.zip", make_zip({**make_pages(3), "x.html": b"<p>nothing", "y.css": b""}))
        done = run("batch", "p.zip", "-o", "out", "--jobs", "0", "--match", "工作报告")
        assert done.returncode == 0, done.stderr
        assert b"3 inputs = 3 documents + 0 failures" in done.stderr
        assert b"; 2 passed over by --match; " in done.stderr
        done = run("batch", "p.zip", "-o", "out", "--jobs", "0", "--match", "工作报告", "--log-json")
        assert json.loads(done.stderr.splitlines()[-1])["passed_over"] == 2

    def test_other_words_make_a_renewal_that_reads_only_what_is_new(self, run: Run, tmp_path: Path) -> None:
        write(tmp_path / "p.zip", make_zip(make_pages(5)))
        assert run("batch", "p.zip", "-o", "out", "--jobs", "0", "--match", "第2号").returncode == 0
        done = run("batch", "p.zip", "-o", "out", "--jobs", "0", "--match", "第2号", "--match", "第4号")
        assert b"1 inputs are new or changed, 1 are as they were and skipped" in done.stderr
        assert b"2 inputs = 2 documents + 0 failures" in done.stderr
        done = run("batch", "p.zip", "-o", "out", "--jobs", "0", "--match", "第4号")
        assert (done.returncode, b"1 inputs that are not among these sources" in done.stderr) == (1, True)

    def test_usage(self, run: Run, tmp_path: Path) -> None:
        write(tmp_path / "a.warc.gz", pack(make_record(make_response(make_page(1)), name_url(1)), "gz"))
        for range_ in ("5-3", "5-5", "-5", "5-", "a-b", "0", "0-5 http://www.example.test/1.html"):
            done = run("batch", f"a.warc.gz@{range_}", "-o", "out")
            assert (done.returncode, b"write a.warc.gz@START-END" in done.stderr) == (2, True), range_
        assert run("batch", "a.warc.gz", "--match", " ", "-o", "out").returncode == 2
        done = run("batch", "a.warc.gz@0-500", "-o", "out", "--jobs", "0")
        assert b"1 input = 1 document" in done.stderr
        assert b"no input" in run("batch", "a.warc.gz@5-500", "-o", "other", "--jobs", "0").stderr
