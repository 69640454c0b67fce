"""What is known of every line before anything is decided: its judgement, its element, its running text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from qjreport.article.judge import Judgement
from qjreport.article.tree import Tree
from qjreport.lexicon import Lexicon
from qjreport.model import Page

HEAD_SHARE: Final = 0.15  # of the page's running text that may stand before a headline: kickers, a site's summary
# As much before a line that is the page's title word for word: a short report under notices of the site
FAR_SHARE: Final = 0.5


class Ground:
    """The judgements of one page's lines and where they stand in its tree."""

    def __init__(
        self, page: Page, judgements: Sequence[Judgement], data: Sequence[bool], tree: Tree, lexicon: Lexicon
    ) -> None:
        self.is_html = page.is_html
        self.lines = page.lines
        self.judgements = judgements
        self.data = data  # whether the line stands in a data table
        self.tree = tree
        self.lexicon = lexicon
        outer = tree.find_outer()
        in_outer, in_inner = tree.mark_inside(outer), tree.mark_inside(tree.find_inner(outer))
        chrome = tree.mark_chrome()
        places = [line.node for line in page.lines]
        self.in_outer = [in_outer[node] for node in places]
        self.in_inner = [in_inner[node] for node in places]
        self.last_inner = max((index for index, inside in enumerate(self.in_inner) if inside), default=len(page.lines))
        self.chrome = [chrome[node] for node in places]  # the reason that the names of elements give
        self.solid = [self.is_solid(index) for index in range(len(page.lines))]
        firm = any(judgement.firm for judgement in judgements)  # else titles with a comma must do
        self.masses = [
            judgement.size if solid and (judgement.firm or held or not firm) else 0
            for solid, judgement, held in zip(self.solid, judgements, data, strict=True)
        ]

    def is_solid(self, index: int) -> bool:
        """Whether a line is of the report by itself: running text or data, outside elements of chrome."""
        return (self.judgements[index].good or self.data[index]) and self.chrome[index] in ("", "navigation")

    def head_limit(self, share: float = HEAD_SHARE) -> int:
        """How many lines from the top the headline may be among, with that share of the running text passed."""
        whole = sum(mass for mass, inside in zip(self.masses, self.in_outer, strict=True) if inside)
        passed = 0
        for index, mass in enumerate(self.masses):
            if self.in_outer[index]:
                passed += mass
                if passed > share * whole:
                    return index
        return len(self.lines)

    def parent(self, index: int) -> int:
        node = self.lines[index].node
        return self.tree.nodes[node].parent if node >= 0 else -1
