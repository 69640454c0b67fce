"""Checks what a built wheel holds: the package with its word tables and type marker, and no top-level module."""

import sys
import zipfile

names = zipfile.ZipFile(sys.argv[1]).namelist()
tops = {name.split("/")[0] for name in names}
others = sorted(top for top in tops if top != "qjreport" and not top.endswith(".dist-info"))
needed = {"qjreport/py.typed", "qjreport/lexicon/units.toml", "qjreport/commands/extract.py"}
needed |= {"qjreport/locale/zh/LC_MESSAGES/qjreport.mo"}
needed |= {f"qjreport/review/{name}" for name in ("page.html.j2", "page.css", "words.toml", "script/start.js")}
missing = sorted(needed - set(names))
if others or missing:
    sys.exit(f"{sys.argv[1]}: should not hold {others}, lacks {missing}")
print(f"{sys.argv[1].rsplit('/', 1)[-1]}: {len(names)} files")
