"""Runs libFuzzer on one target: `python -m fuzz.harness TARGET [options of libFuzzer] [corpus …]`.

Only qjreport is instrumented: the coverage that guides the mutations is that of the tool, not of the laws.
"""

from __future__ import annotations

import gc
import sys
import warnings
from importlib import import_module


def main() -> None:
    try:
        import atheris
    except ImportError:
        sys.exit("atheris is not installed here: it has wheels for Linux on x86-64, and `make fuzz` installs it")
    target = sys.argv.pop(1)
    warnings.simplefilter("error")  # as in the tests
    with atheris.instrument_imports(include=["qjreport"]):
        module = import_module(f"fuzz.{target}")
    for first in range(8):  # the lexicon and its patterns are built once, and are not walked again
        module.check(bytes([first, *range(40)]))
    gc.collect()
    gc.freeze()
    atheris.Setup(sys.argv, module.check)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
