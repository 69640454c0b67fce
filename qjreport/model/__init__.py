"""The frozen types that travel between the stages, and the report that comes out of them.

Nothing here computes: what a field means is said once, beside it, and the JSON Schema of the report is generated
from these classes.
"""

from qjreport.model.article import Article, Dropped, Metadata
from qjreport.model.fact import Bound, Fact, FactKind, Facts, Headline, Measure, NonFact, Quantity, Status, Why
from qjreport.model.outline import Block, BlockKind, Evidence, Outline, Part, Role, Section, Table, Timeline, Turn
from qjreport.model.page import Aside, Cell, Decoded, Diagnostic, Grid, Line, Node, Page
from qjreport.model.report import SCHEMA, Counts, Report, Source, Tool

__all__ = [
    "SCHEMA",
    "Article",
    "Aside",
    "Block",
    "BlockKind",
    "Bound",
    "Cell",
    "Counts",
    "Decoded",
    "Diagnostic",
    "Dropped",
    "Evidence",
    "Fact",
    "FactKind",
    "Facts",
    "Grid",
    "Headline",
    "Line",
    "Measure",
    "Metadata",
    "Node",
    "NonFact",
    "Outline",
    "Page",
    "Part",
    "Quantity",
    "Report",
    "Role",
    "Section",
    "Source",
    "Status",
    "Table",
    "Timeline",
    "Tool",
    "Turn",
    "Why",
]
