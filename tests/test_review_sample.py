"""The sample: a function of the seed and the dataset, fair within its strata, and found again in the pages."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections import Counter
from pathlib import Path
from typing import Any

import click
import pytest
from batches import do_batch
from click.testing import CliRunner
from conftest import make_fact, make_report

import qjreport
from qjreport.commands.review_sample import Shown, Wanted, draw_items, take_sample
from qjreport.commands.root import root
from qjreport.lexicon import load_lexicon
from qjreport.model import Fact, NonFact
from qjreport.model.digest import digest_file
from qjreport.review.sample import ANY, Drawn, Found, SampleError, allocate, build_fact, draw_sample
from qjreport.sources.confined import Confined
from qjreport.writers.dataset_rows import FACTS, build_facts


def make_documents(**kinds: int) -> list[dict[str, Any]]:
    """Documents named by their kinds, each with a number of dates and two names."""
    return [
        {
            "id": kind,
            "kind": kind or None,
            "source": f"{kind}.html",
            "year": 2024,
            "date_numbers": dates,
            "name_numbers": 2,
        }
        for kind, dates in kinds.items()
    ]


def make_facts(document: str, count: int, kind: str = "level", doubts: str = "") -> list[dict[str, Any]]:
    return [
        {"document": document, "id": f"{kind}{doubts}{number}", "kind": kind, "status": "actual", "doubts": doubts}
        for number in range(count)
    ]


def list_strata(drawn: Drawn, of: str = "facts") -> list[tuple[dict[str, str | None], int, int]]:
    return [(one.key, one.population, one.drawn) for one in drawn.sample.strata if one.of == of]


class TestDraw:
    def test_the_same_seed_draws_the_same(self) -> None:
        documents, facts = make_documents(a=40, b=3), [*make_facts("a", 300), *make_facts("b", 50)]
        one, again, other = (draw_sample(documents, facts, size=20, numbers=10, seed=seed) for seed in (7, 7, 8))
        assert one == again
        assert one.facts != other.facts
        assert sum(map(len, one.facts.values())) == 20
        assert sum(map(len, one.numbers.values())) == 10
        turned = draw_sample(documents, facts[::-1], size=20, numbers=10, seed=7)
        assert turned.facts == one.facts

    def test_a_larger_sample_holds_the_smaller_one(self) -> None:
        few, many = (
            draw_sample(make_documents(a=9), make_facts("a", 99), size=size, numbers=0, seed=1).facts["a"].keys()
            for size in (10, 30)
        )
        assert few < many

    def test_every_fact_is_drawn_as_often_as_any_other(self) -> None:
        """Five of 20, 400 times: each is drawn 100 times, give or take 8.7; five times that is 43."""
        times: Counter[str] = Counter()
        for seed in range(400):
            drawn = draw_sample(make_documents(a=0), make_facts("a", 20), size=5, numbers=0, seed=seed)
            times.update(list(drawn.facts["a"]))
        assert len(times) == 20
        assert all(abs(count - 100) < 43 for count in times.values()), times

    def test_without_strata_all_are_of_one(self) -> None:
        drawn = draw_sample(make_documents(a=6, b=2), make_facts("a", 30), size=4, numbers=3, seed=0)
        assert list_strata(drawn) == [({}, 30, 4)]
        assert list_strata(drawn, "non_facts") == [({}, 12, 3)]

    def test_strata(self) -> None:
        facts = [*make_facts("公报", 64), *make_facts("公报", 16, doubts="item.short"), *make_facts("总结", 4, "rank")]
        by = ("document_kind", "doubts", "why")
        drawn = draw_sample(make_documents(公报=9, 总结=1), facts, size=14, numbers=8, seed=0, by=by)
        assert list_strata(drawn) == [
            ({"document_kind": "公报", "doubts": "doubted"}, 16, 4),
            ({"document_kind": "公报", "doubts": "sure"}, 64, 8),
            ({"document_kind": "总结", "doubts": "sure"}, 4, 2),
        ]
        assert list_strata(drawn, "non_facts") == [
            ({"document_kind": "公报", "why": "date"}, 9, 3),
            ({"document_kind": "公报", "why": "name"}, 2, 2),
            ({"document_kind": "总结", "why": "date"}, 1, 1),
            ({"document_kind": "总结", "why": "name"}, 2, 2),
        ]
        strata = Counter(stratum for names in drawn.facts.values() for stratum in names.values())
        assert strata == {0: 4, 1: 8, 2: 2}

    def test_small_strata_are_put_together(self) -> None:
        facts = [fact for number in range(1, 10) for fact in make_facts(f"第{number}类", number * number)]
        documents = make_documents(**{f"第{number}类": 0 for number in range(1, 10)})
        drawn = draw_sample(documents, facts, size=8, numbers=0, seed=0, by=("document_kind",))
        assert list_strata(drawn) == [
            *[({"document_kind": f"第{number}类"}, number * number, 2) for number in (7, 8, 9)],
            ({"document_kind": ANY}, 1 + 4 + 9 + 16 + 25 + 36, 2),
        ]

    def test_what_there_is_no_more_of(self) -> None:
        drawn = draw_sample(make_documents(a=1), make_facts("a", 3), size=50, numbers=50, seed=0)
        assert [(one.population, one.drawn) for one in drawn.sample.strata] == [(3, 3), (3, 3)]

    def test_facts_of_documents_that_are_left_out(self) -> None:
        drawn = draw_sample(
            make_documents(a=0), [*make_facts("a", 3), *make_facts("twin", 3)], size=9, numbers=0, seed=0
        )
        assert drawn.facts.keys() == {"a"}

    def test_a_field_that_nothing_has(self) -> None:
        with pytest.raises(SampleError, match="nothing is stratified by mood; by these it may be: fact_kind"):
            draw_sample([], [], size=1, numbers=1, seed=0, by=("mood",))

    @pytest.mark.parametrize(
        ("populations", "size", "shares"),
        [
            ([100], 10, [10]),
            ([100, 100], 10, [5, 5]),
            ([10_000, 100], 22, [20, 2]),
            ([10_000, 2500, 100], 32, [20, 10, 2]),
            ([5, 5], 100, [5, 5]),
            ([100, 1, 1], 6, [4, 1, 1]),
            ([100, 100], 0, [0, 0]),
            ([100], 1, [1]),
        ],
    )
    def test_shares(self, populations: list[int], size: int, shares: list[int]) -> None:
        assert allocate(populations, size) == shares


def test_a_row_gives_its_fact() -> None:
    made = make_fact(path=("一", "二"), doubts=("item.short",), exact="1/3")
    for fact in (made, make_fact(path=(), rules=())):
        [row] = build_facts("d", make_report(facts=(fact,)))
        assert build_fact(dict(zip([column.name for column in FACTS], row, strict=True))) == fact


PLAIN = Wanted(size=12, numbers=6, seed=7, by=(), root=None, unique=False, sentences=False)


class TestDataset:
    @pytest.fixture
    def dataset(self, workplace: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.chdir(workplace)
        shutil.make_archive("pages", "zip", "samples")
        do_batch(workplace / "facts", Path("samples/cppcc-report.html"), Path("pages.zip"))
        return workplace / "facts"

    def show(self, dataset: Path, **options: Any) -> Shown:
        return draw_items(str(dataset), PLAIN._replace(**options), None)

    def test_what_was_drawn_stands_where_it_says(self, dataset: Path) -> None:
        shown = self.show(dataset, by=("fact_kind", "document_kind", "doubts"))
        strata = shown.sample.strata
        assert sum(one.drawn for one in strata) == len(shown.items) == 18
        counts = Counter(item.stratum for item in shown.items)
        assert counts == {index: one.drawn for index, one in enumerate(strata) if one.drawn}
        for item in shown.items:
            assert isinstance(item, Found)
            drawn, key = item.drawn, strata[item.stratum].key
            assert item.report.blocks[drawn.block].text[drawn.start : drawn.end] == drawn.quote
            assert key["document_kind"] in (item.report.metadata.kind, ANY)
            if isinstance(drawn, Fact):
                assert key["fact_kind"] in (drawn.kind, ANY)
                assert key["doubts"] in ("doubted" if drawn.doubts else "sure", ANY)
            assert (strata[item.stratum].of == "facts") is isinstance(drawn, Fact)

    def test_all_of_it_is_all_there_is(self, dataset: Path) -> None:
        shown = self.show(dataset, size=10_000, numbers=10_000)
        reports = {item.report.source.name: item.report for item in shown.items if isinstance(item, Found)}
        facts = [item for item in shown.items if isinstance(item, Found) and isinstance(item.drawn, Fact)]
        numbers = [item for item in shown.items if isinstance(item, Found) and isinstance(item.drawn, NonFact)]
        assert len(facts) == sum(len(report.facts) for report in reports.values())
        assert len(numbers) == sum(len(report.non_facts) for report in reports.values())
        assert "pages.zip!bulletin.html" in reports

    def test_the_same_again(self, dataset: Path) -> None:
        assert self.show(dataset) == self.show(dataset)

    def test_one_process_unpacks_all(self, dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        started = []
        start = Confined.start
        monkeypatch.setattr(Confined, "start", lambda self: (started.append(self), start(self)))
        shown = self.show(dataset, size=300)
        packed = {item.report.source.name for item in shown.items if "!" in item.report.source.name}  # type: ignore[union-attr]
        assert len(packed) > 3
        assert len(started) == 1

    def test_duplicates_are_left_out(self, dataset: Path) -> None:
        whole, unique = (self.show(dataset, unique=unique).sample.strata for unique in (False, True))
        assert whole[0].population - unique[0].population == 64  # the sample that is in the archive, too

    def test_sentences_need_no_page(self, dataset: Path, workplace: Path) -> None:
        with_pages = self.show(dataset, numbers=0)
        shutil.rmtree(workplace / "samples")
        (workplace / "pages.zip").unlink()
        shown = self.show(dataset, numbers=None, sentences=True)
        assert [item.fact for item in shown.items] == [item.drawn for item in with_pages.items]  # type: ignore[union-attr]
        assert shown.sample.strata[0] == with_pages.sample.strata[0]
        for item in shown.items:
            fact, at = item.fact, item.fact.start - item.offset  # type: ignore[union-attr]
            assert fact.sentence[at : at + len(fact.quote)] == fact.quote

    def test_pages_that_are_elsewhere(self, dataset: Path, workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        here = self.show(dataset)
        (workplace / "sub").mkdir()
        monkeypatch.chdir(workplace / "sub")
        with pytest.raises(click.ClickException, match=r"no such file.*--root"):
            self.show(dataset)
        assert self.show(dataset, root=workplace) == here

    def test_a_page_that_changed(self, dataset: Path, workplace: Path) -> None:
        with (workplace / "samples" / "cppcc-report.html").open("ab") as file:
            file.write(b" ")
        with pytest.raises(click.ClickException, match="is not the page that the dataset was made of"):
            self.show(dataset, size=300)

    def test_words_that_are_not_those_of_the_dataset(self, dataset: Path) -> None:
        words = load_lexicon("samples/lexicon.toml")
        with pytest.raises(click.ClickException, match=r"was made by qjreport .* Run the batch again"):
            draw_items(str(dataset), PLAIN, words)

    def test_datasets_that_are_not_sampled(self, dataset: Path, workplace: Path) -> None:
        base = sqlite3.connect(dataset / "manifest.sqlite")
        with base:
            base.execute("UPDATE meta SET value = '' WHERE key = 'finished'")
        with pytest.raises(click.ClickException, match="is not finished"):
            self.show(dataset)
        with base:
            base.execute("UPDATE meta SET value = 'yes' WHERE key = 'finished'")
            base.execute("INSERT INTO meta VALUES ('corrections', 'f00d')")
        base.close()
        with pytest.raises(click.ClickException, match="was corrected by a person"):
            self.show(dataset)
        (workplace / "empty.html").write_text("<h1>工作报告</h1><p>各项工作取得新成效。</p>")
        do_batch(workplace / "none", Path("empty.html"))
        with pytest.raises(click.ClickException, match="has no facts to draw"):
            self.show(workplace / "none")


class TestOptions:
    @pytest.mark.parametrize(
        ("args", "said"),
        [
            (["--seed", "3"], "--seed goes with --sample"),
            (["--sample", "3", "--by", "mood"], "mood: nothing is stratified by this"),
            (["--sample", "3", "--sentences", "--numbers", "2"], "--sentences shows facts alone"),
            (["--sample", "0"], "0 is not in the range"),
        ],
    )
    def test_wrong_usage(self, args: list[str], said: str) -> None:
        @click.command()
        @take_sample
        def draw(wanted: Wanted | None) -> None:
            """Draw."""

        done = CliRunner().invoke(draw, args)
        assert (done.exit_code, said in " ".join(done.stderr.split())) == (2, True)

    def test_what_the_command_gets(self) -> None:
        got: list[Wanted | None] = []

        @click.command()
        @take_sample
        def draw(wanted: Wanted | None) -> None:
            got.append(wanted)

        draw.main(["--sample", "9", "--by", "doubts, why,doubts"], standalone_mode=False)
        draw.main([], standalone_mode=False)
        assert got == [Wanted(9, None, 0, ("doubts", "why"), None, False, False), None]


class TestPage:
    @pytest.fixture
    def dataset(self, workplace: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        pytest.importorskip("jinja2")
        monkeypatch.chdir(workplace)
        do_batch(workplace / "facts", Path("samples"))
        return workplace / "facts"

    def build(self, *options: str) -> dict[str, Any]:
        """What the page knows: the data that its script reads."""
        done = CliRunner().invoke(root, ["review", "facts", "--sample", "12", "-o", "page.html", *options])
        assert done.exit_code == 0, done.stderr
        page = Path("page.html").read_text("utf-8")
        data = re.search(r'<script[^>]*type="application/json"[^>]*>(.*?)</script>', page, re.S)
        assert data
        found: dict[str, Any] = json.loads(data[1])
        return found

    def test_what_was_drawn_is_on_the_page(self, dataset: Path) -> None:
        data = self.build("--by", "document_kind", "--seed", "7")
        [view] = data["views"]
        strata = data["sample"]["strata"]
        shown = Counter(item["stratum"] for item in [*view["facts"], *view["numbers"]])
        assert shown == {index: one["drawn"] for index, one in enumerate(strata) if one["drawn"]}
        assert (len(view["facts"]), len(view["numbers"])) == (12, 6)
        assert data["tool"] == {"version": qjreport.__version__, "lexicon": load_lexicon().digest}
        assert {document["sha256"] for document in data["documents"]} <= {
            digest_file(page.read_bytes()) for page in Path("samples").iterdir()
        }

    def test_the_same_bytes(self, dataset: Path) -> None:
        pages = []
        for _ in range(2):
            self.build("--seed", "3")
            pages.append(Path("page.html").read_bytes())
        assert pages[0] == pages[1]

    def test_sentences(self, dataset: Path) -> None:
        [view] = self.build("--sentences")["views"]
        assert (len(view["facts"]), len(view["numbers"])) == (12, 0)

    @pytest.mark.parametrize(
        ("args", "code", "said"),
        [
            (["facts", "other", "--sample", "3"], 2, "--sample goes with one dataset"),
            (["facts", "--sample", "3", "--encoding", "gbk"], 2, "--encoding goes with pages"),
            (["facts", "--sample", "3", "--reader", "soup"], 2, "--reader goes with pages"),
            (["scor", "corrections.json"], 2, "scor: no such page, and no such command. Did you mean score?"),
            (["samples", "--sample", "3"], 1, "samples holds no dataset"),
        ],
    )
    def test_wrong_usage(self, dataset: Path, args: list[str], code: int, said: str) -> None:
        done = CliRunner().invoke(root, ["review", *args, "-o", "page.html"])
        assert (done.exit_code, said in " ".join(done.stderr.split())) == (code, True)
