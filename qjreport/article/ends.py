"""Where the report ends: the first line behind it that is the site's, its readers', or a list of other pages."""

from __future__ import annotations

from typing import Final

from qjreport.article.ground import Ground

TAIL_SHARE: Final = 0.1  # of the report's running text: more than that behind an end mark, and it was none
SHORT_TAIL: Final = 80  # characters, which of a short report are more than that share: a disclaimer in words of its own
SHORT_TAIL_SHARE: Final = 0.3  # … but never more than this
LINKED_RUN: Final = 3  # links in a row behind the report: a list, nothing of the report
LEAST_COMMENTED: Final = 40  # characters of running text before the comments on it
THREAD: Final = 20  # lines, in which …
LEAST_REPLIES: Final = 2  # … so many say 回复, 赞 or 2小时前
LEAST_BARE_REPLIES: Final = 3  # … where no head says that they are comments
LONGEST_REPLY: Final = 16  # characters of such a line


class Ends(Ground):
    """Looks for the end of the report on one page."""

    def find_end(self, first: int) -> int:
        """The line behind the report: the first end mark with next to no running text behind it, or a list of links."""
        solid = [index for index in range(first, len(self.lines)) if self.solid[index]]
        inside = [index for index in solid if self.in_outer[index]] or solid
        whole = sum(self.masses[index] for index in inside)
        spare = max(TAIL_SHARE * whole, min(SHORT_TAIL, SHORT_TAIL_SHARE * whole))
        kin = {self.parent(index) for index in inside}
        prose = sum(self.masses[index] for index in inside if not self.data[index])
        counted, last, passed, prose_passed = frozenset(inside), inside[-1], 0, 0
        for index in range(first, len(self.lines)):
            if index in counted:
                passed += self.masses[index]
                prose_passed += self.masses[index] * (not self.data[index])
            elif self.judgements[index].ends and whole - passed <= spare and (passed or not whole):
                return index
            if prose and not prose - prose_passed and self.closes_page(index):
                return index
            if passed >= LEAST_COMMENTED and (self.begins_thread(index) or self.speaks_of_site(index)):
                return index
            if index > last and self.parent(index) not in kin and self.begins_list(index):
                return index
        return len(self.lines)

    def closes_page(self, index: int) -> bool:
        """Whether a line is a row of buttons below the report's own element: 【打印】【关闭】."""
        judgement = self.judgements[index]
        return index > self.last_inner and judgement.reason == "button" and judgement.sure

    def begins_thread(self, index: int) -> bool:
        """Whether comments of readers begin here, which may be longer than the report."""
        headed = self.judgements[index].reason == "comments"
        if not headed and index != self.last_inner + 1:
            return False
        words = self.lexicon.chrome.reply_words
        below = self.judgements[index + 1 : index + 1 + THREAD]
        replies = sum(
            len(line.folded) <= LONGEST_REPLY and any(word in line.folded for word in words) for line in below
        )
        return replies >= (LEAST_REPLIES if headed else LEAST_BARE_REPLIES)

    def speaks_of_site(self, index: int) -> bool:
        """Whether a sentence below the report's own element is the site's: 值班电话0999-2211033。"""
        below = index > self.last_inner and self.judgements[index].good and not self.data[index]
        return below and any(word in self.judgements[index].folded for word in self.lexicon.chrome.site_words)

    def begins_list(self, index: int) -> bool:
        run = self.judgements[index : index + LINKED_RUN]
        return len(run) == LINKED_RUN and all(judgement.linked for judgement in run)
