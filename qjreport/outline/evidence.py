"""What speaks for a line as a heading and what against it: named pieces, each with its weight, summed for each line.

The stages give a line its pieces (`Entry.weigh`); a line is a heading where their sum reaches `ENOUGH`. All weights are
here, so that they can be compared: a piece of `VETO` outweighs any two that speak for the line. `qjreport explain
--line` shows the pieces of a line.
"""

from __future__ import annotations

from typing import Final

ENOUGH: Final = 3
VETO: Final = -8

# Name → weight and what it says. How a line is set, marked and numbered speaks for it; what it says against it.
PIECES: Final[dict[str, tuple[int, str]]] = {
    # with a mark
    "mark.strong": (7, "a mark that heads sections: 一、 （一） 第一章 1.1"),
    "mark.weak": (5, "a mark that heads sections or opens items: 1. （1） ①"),
    "title.line": (2, "a line of its own without a full stop"),
    "words.part": (5, "its words tell: 名词解释, 2024年工作回顾"),
    "mark.item": (VETO, "a mark that opens items: 一是, 第一条"),
    "series.list": (VETO, "short lines of a series with nothing below them are a list"),
    "label": (3, "a short label, a colon or white space, then its text"),
    "sentence.alone": (-3, "a whole sentence, with nothing after it in its paragraph"),
    "sentence.open": (VETO, "a clause that goes on: ； or ， at its end"),
    "sentence.long": (-6, "longer than most titles"),
    "sentence.endless": (VETO, "longer than any title"),
    "sentence.clauses": (VETO, "more clauses than a title has"),
    "sentence.colon": (VETO, "a colon inside the sentence"),
    "sentence.figure": (VETO, "says how much something is or grew"),
    "sentence.modal": (-4, "says who shall do something"),
    "sentence.introduces": (-5, "introduces a list: 下列, 如下"),
    "charge": (VETO, "names in brackets who is in charge"),
    "enclosures": (VETO, "one of the papers that are enclosed: 附件：1."),
    "contact": (VETO, "gives a number to call or a place to write to"),
    "series.items": (-5, "most lines with marks of this series are items"),
    "series.headings": (4, "most lines with marks of this series are titles"),
    "series.run_in": (-3, "its siblings run into their paragraphs, this one is a paragraph alone"),
    # without a mark
    "set.bold": (3, "set bold"),
    "set.heading": (4, "set as <h1> to <h6>, or # in Markdown"),
    "set.lead": (2, "set off from the rest of its paragraph"),
    "set.nothing": (-4, "nothing sets it off from its paragraph"),
    "short": (1, "as short as a title"),
    "below.text": (2, "text or a heading below it"),
    "below.nothing": (VETO, "no text below it"),
    "below.short": (-2, "what stands below lines set like it is mostly as short as they are"),
    "above.ended": (1, "what stands above it has ended"),
    "above.open": (VETO, "a piece of a broken sentence"),
    "series.set_alike": (1, "other lines set alike head text"),
    "series.leads": (1, "other paragraphs are led alike"),
    "series.part": (3, "the other paragraphs of its part begin so, too"),
    "series.parts": (1, "most parts of the page have such a series"),
    "series.parallel": (2, "other lines of its length and build head text"),
    "series.fragments": (4, "others as short head text, or it and longer ones do"),
    "series.colons": (4, "other short lines with a colon head text"),
    "series.questions": (4, "other short questions head text"),
    "series.bodies": (8, "other names of bodies head text"),
    "series.first": (8, "the first of a series of short lines that head text"),
    "page.sets_headings": (-3, "the page sets its headings off, and not this line"),
    "page.marks_parts": (-5, "the page marks or sets off what is inside its parts, and not this"),
    "figure": (-4, "says how much something is or grew"),
    "fragment": (-4, "shorter than a title that nothing sets off"),
    "question": (-4, "asks something, and nothing sets it off"),
    "colon": (-4, "introduces something"),
    "signature": (VETO, "who signed the text"),
    "speaker": (VETO, "who speaks, above the first paragraph"),
    "before.body": (VETO, "above the first paragraph, where nothing sets it off"),
    "list": (-4, "one of many short lines in a row"),
    "repeated": (VETO, "stands several times, nothing else between"),
    "caption.words": (VETO, "says what a picture shows"),
    "caption.centered": (VETO, "lines set in the middle mostly have no text below them"),
    "caption.picture": (VETO, "stands right below a picture, and so do most lines that are set like it"),
    "caption.beside": (VETO, "stands beside a caption and is set alike"),
    "caption.table": (VETO, "the caption of the table below it"),
    "title.enclosed": (
        VETO,
        "the title of a document that is enclosed, below the date of the first, or in the headline",
    ),
    "title.page": (VETO, "the page's own title, or a line of it"),
}


def weigh_piece(name: str) -> int:
    return PIECES[name][0]
