# make setup   the environment in .venv, and nothing else
# make demo    verify, release and grade a made-up class; prints the report to open
# make test    environment, lint, types, tests
# make check   the quick loop: lint, types, fast tests
# make test-walls   takes down every wall, one at a time: a test must notice each (under 12 minutes)
# make test-matrix  the suite with other versions of Python and torch, where they can be had; WHEELS=DIR for torch's
# make test-gpu     on a machine with a card: see docs/gpu.md
# make fuzz-types   50,000 values of every type through every reader
# make bench   speed and memory, as ratios measured in one run

PYTHON ?= python3
# The CPU build where pip's index has one; any newer torch and any CUDA build will do.
TORCH ?= torch==2.13.0
JOBS ?= 2
VENV := .venv
RUN := $(VENV)/bin

.PHONY: setup demo test check bench test-walls test-matrix test-gpu fuzz-types lint types release clean
setup: $(VENV)/.ready

$(VENV)/.ready: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; say which with make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(RUN)/python -m pip install --quiet --disable-pip-version-check '$(TORCH)'
	$(RUN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev,docker,torch]'
	touch $@

demo: setup
	$(RUN)/autograder demo --jobs $(JOBS)

lint: setup
	$(RUN)/ruff check
	$(RUN)/ruff format --check
	$(RUN)/lint-imports --no-logo

types: setup
	$(RUN)/mypy

test: lint types
	$(RUN)/python -m pytest -n $(JOBS) --dist loadgroup

check: lint types
	$(RUN)/python -m pytest -n $(JOBS) --dist loadgroup -m 'not slow and not docker' -x -q

bench: setup
	$(RUN)/python -m tests.benchmarks

test-walls: setup
	$(RUN)/python -m tests.walls --jobs $(JOBS) --docs docs/walls.md

test-matrix: setup
	$(RUN)/python -m tests.matrix $(if $(WHEELS),--wheels $(WHEELS))

test-gpu: setup
	$(RUN)/python -m tests.gpu

fuzz-types: setup
	AUTOGRADER_FUZZ_TYPES=50000 $(RUN)/python -m pytest -q tests/fuzz/test_types.py

release: setup
	$(RUN)/autograder release --all

clean:
	rm -rf demo reports build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
