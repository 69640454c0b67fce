"""Where the bytes of a page come from: a file, standard input, and what wraps a page (gzip, bzip2, xz, zstd, MHTML).

Gives the bytes of one page; what they say is for `page`. Only this package and the commands raise for an input.
"""

from __future__ import annotations

from qjreport.sources.errors import SourceError
from qjreport.sources.read import SourceBytes, read_source

__all__ = ["SourceBytes", "SourceError", "read_source"]
