"""The bytes of one input → the bytes of its page, within the limits of a batch."""

from __future__ import annotations

from qjreport.sources.entry import DamageError, Failure, FailureError
from qjreport.sources.errors import SourceError
from qjreport.sources.limits import Limits
from qjreport.sources.packed import Unpacked
from qjreport.sources.packing import find_packing
from qjreport.sources.read import open_source
from qjreport.sources.stream import Held, Stream

MOST_LAYERS = 4  # gzip in gzip happens by mistake; more of it on purpose


def open_page(address: str, data: bytes, limits: Limits) -> bytes:
    """The page, out of gzip, bzip2, xz, zstd and MHTML. Raises FailureError where there is none.

    >>> open_page("a.rtf", b"{\\\\rtf1", Limits())
    Traceback (most recent call last):
    qjreport.sources.entry.FailureError: is an RTF document and no page; open it and save it as a web page (.html) or \
as text
    """
    try:
        for _ in range(MOST_LAYERS):
            packing = find_packing(data)
            if packing is None:
                break
            stream = Stream(Unpacked(Stream(Held(data)), packing, limits))
            data = stream.read(limits.page + 1)
            stream.raise_pending()
            if len(data) > limits.page:
                message = f"unpacks to more than {limits.page} bytes; it is no page"
                raise FailureError(Failure(stage="source", error="too-large", message=message))
        return open_source(address, data)
    except DamageError as error:
        raise FailureError(error.to_failure()) from error
    except SourceError as error:
        word = "empty" if error.problem == "is empty" else "no-page"
        raise FailureError(Failure(stage="source", error=word, message=error.explain())) from error
