"""The review page in a frame, for a notebook: what `report.review()` gives.

The page stands in the frame's `srcdoc`, so nothing is written to a file and nothing is asked of the notebook's server.
Its own policy holds there as well; what is judged is kept in the storage of the notebook's address, where there is one.
"""

from __future__ import annotations

from html import escape

from qjreport.model import Report
from qjreport.review.page import build_review


class Frame:
    """A review page that a notebook shows; `page` is the page itself."""

    def __init__(self, page: str, title: str, height: int) -> None:
        self.page = page
        self.title = title
        self.height = height

    def __repr__(self) -> str:
        return f"<review page of {self.title!r}>"

    def _repr_html_(self) -> str:
        style = f"width: 100%; height: {self.height}px; border: 1px solid #8888; border-radius: 8px"
        return f'<iframe title="{escape(self.title)}" style="{style}" srcdoc="{escape(self.page)}"></iframe>'


def frame_report(report: Report, height: int = 720) -> Frame:
    """The review page of a report, `height` pixels high. Raises MissingLibraryError without Jinja2.

    >>> from qjreport import extract_text
    >>> frame_report(extract_text("全年办理提案459件。", name="a.txt"))
    <review page of 'a.txt'>
    """
    return Frame(build_review([report]), report.metadata.title or report.source.name, height)
