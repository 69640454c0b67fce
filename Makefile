# make demo  sets up .venv and extracts a sample     make test   sets up .venv and runs every test
# make lint  ruff, mypy, import contracts            make check  lint and test
# make golden  rewrites tests/golden and the output shown in the READMEs
# make pins  compiles constraints/ anew (needs uv)
# make fuzz SECONDS=60 [RUNS=n] [TARGETS="decode readers"] [RECORD=--record]  fuzzes each target

# The first Python of 3.11 or later; `make PYTHON=/path/to/python3.12 demo` takes another.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV ?= .venv
BIN := $(VENV)/bin
SAMPLE := samples/cppcc-report.html

.PHONY: demo test lint check golden pins fuzz clean
.DELETE_ON_ERROR:

demo: $(VENV)/.run
	$(BIN)/qjreport extract $(SAMPLE)

test: $(VENV)/.test
	$(BIN)/python -m pytest

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint test

golden: $(VENV)/.test
	$(BIN)/python tests/golden.py
	$(BIN)/python tests/documents.py

SECONDS ?= 60
RUNS ?= -1

fuzz: $(VENV)/.fuzz
	$(BIN)/python -m fuzz.run $(TARGETS) --seconds $(SECONDS) --runs $(RUNS) $(RECORD)

clean:
	rm -rf $(VENV) build dist

# The environment: what constraints/ pins, by hash, then the checkout itself.
$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "qjreport needs Python 3.11 or later: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run $(VENV)/.test $(VENV)/.dev: $(VENV)/.%: constraints/%.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	@touch $@

# Only fuzzing needs atheris, and it has no wheel for every Python and system: constraints/fuzz.txt is written by hand.
$(VENV)/.fuzz: constraints/fuzz.txt | $(VENV)/.test
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r $< || { \
		echo "atheris cannot be installed here: it has wheels for Linux on x86-64 and Python 3.11 to 3.14." >&2; exit 1; }
	@touch $@

# One resolution for all platforms, then its parts; no index is named in any of them.
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	--no-annotate pyproject.toml

pins:
	$(COMPILE) --upgrade --all-extras -o constraints/all.txt
	echo hatchling > constraints/build.in
	$(COMPILE) -c constraints/all.txt constraints/build.in -o constraints/run.txt
	$(COMPILE) -c constraints/all.txt constraints/build.in --extra test -o constraints/test.txt
	$(COMPILE) -c constraints/all.txt constraints/build.in --extra dev -o constraints/dev.txt
	rm constraints/build.in
