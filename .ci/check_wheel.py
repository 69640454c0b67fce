"""Checks what a built wheel holds: the package with its word tables, the manual page, and no other top-level module."""

import sys
import zipfile

names = zipfile.ZipFile(sys.argv[1]).namelist()
tops = {name.split("/")[0] for name in names}
others = sorted(top for top in tops if top != "qjreport" and not top.endswith((".dist-info", ".data")))
needed = {"qjreport/py.typed", "qjreport/lexicon/units.toml", "qjreport/commands/extract.py"}
needed |= {"qjreport/locale/zh/LC_MESSAGES/qjreport.mo"}
needed |= {f"qjreport/review/{name}" for name in ("page.html.j2", "page.css", "words.toml", "script/start.js")}
needed |= {f"qjreport/{name}" for name in ("samples/bulletin.html", "samples/gold/GUIDELINES.md")}
if "none-any" not in sys.argv[1]:  # a compiled wheel brings what a start derives, for its Python
    needed.add(f"qjreport/start_cache.{sys.implementation.cache_tag}.bin")
page = ".data/data/share/man/man1/qjreport.1"  # the one file that is installed beside the packages
data = [name for name in names if ".data/" in name and not name.endswith("/")]
others += [name for name in data if not name.endswith(page)]
missing = ([] if data else [page]) + sorted(needed - set(names))
if others or missing:
    sys.exit(f"{sys.argv[1]}: should not hold {others}, lacks {missing}")
print(f"{sys.argv[1].rsplit('/', 1)[-1]}: {len(names)} files")
