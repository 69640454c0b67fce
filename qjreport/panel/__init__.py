"""From facts to a panel: places × years × indicators, and targets against results.

`candidates` reads a dataset by Polars, `cells` chooses a fact for each cell, `links` follows targets to their results,
`amounts` computes with exact values, `columns` says what the outputs hold, `output` writes them and `charts` draws.

This package can be called: `qjreport.panel(dataset)` gives the panel as a frame, `qjreport.track(dataset)` the track.
"""

from __future__ import annotations

import sys
from os import PathLike
from types import ModuleType
from typing import Any

__all__ = ["panel", "track"]


def panel(dataset: str | PathLike[str], **options: Any) -> Any:
    """The panel of a dataset as a Polars frame; `to_pandas()` makes a frame of pandas of it.

    Options are those of `qjreport.panel.frames.build_panel`: `places`, `years`, `indicators`, `measures`, `everything`,
    `plans`, `wide`, `lexicon`. Raises BatchError where there is no dataset, MissingLibraryError without Polars.
    """
    from qjreport.panel.frames import build_panel

    return build_panel(dataset, **options)


def track(dataset: str | PathLike[str], **options: Any) -> Any:
    """Each target of a dataset with its result as a Polars frame; options and errors are those of `panel`."""
    from qjreport.panel.frames import build_track

    return build_track(dataset, **options)


class Callable(ModuleType):
    """A module that is its own main function."""

    def __call__(self, dataset: str | PathLike[str], **options: Any) -> Any:
        return panel(dataset, **options)


sys.modules[__name__].__class__ = Callable
