# Everything that is done with a working copy. The first call makes .venv; later ones go straight on.

PYTHON ?= python3
VENV ?= .venv
DEMO ?= build/demo
EXTRAS ?= dev

ready = $(VENV)/.ready-$(EXTRAS)
python = $(VENV)/bin/python

.PHONY: demo test soak check format bench screen screenshots setup clean

demo: $(ready)  ## the sample inquiry through the whole job, into $(DEMO)
	$(python) main.py demo "$(DEMO)"

test: check  ## everything that is checked before a change goes in
	$(python) -m pytest -n auto --maxprocesses 8 --dist worksteal

soak: $(ready)  ## the tests with many more tries at what chance decides; takes hours
	EVIDENCE_SOAK=1 $(python) -m pytest -n auto --maxprocesses 8 --dist worksteal

check: $(ready)  ## format, rules, types, and who may import whom
	$(python) -m ruff format --check .
	$(python) -m ruff check .
	$(python) -m mypy
	$(VENV)/bin/lint-imports

format: $(ready)  ## brings the code into the house format
	$(python) -m ruff format .
	$(python) -m ruff check --fix .

bench: $(ready)  ## measures, prints a table and writes benchmarks/results.json
	$(python) -m benchmarks

screen: $(ready)  ## only the tests that drive a real window (need Xvfb, xdotool, openbox)
	$(python) -m pytest -m screen

screenshots: $(ready)  ## takes the pictures in docs/ anew
	$(python) docs/make_pictures.py

setup: $(ready)

$(ready): pyproject.toml .ci/setup .ci/qt-libraries
	.ci/setup "$(PYTHON)" "$(VENV)" "$(EXTRAS)"
	touch "$@"

clean:  ## removes what can be made again
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache "$(VENV)"
