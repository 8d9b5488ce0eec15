# `make demo` shows what tensionwire does, `make desk` opens the desk on a sample crisis, `make test` checks it all.
# They set up .venv first; Python 3.11 or later and make are all they need.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
VENV := .venv
PYTHON := $(shell for p in python3.11 python3.12 python3.13 python3 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { command -v "$$p"; break; }; done)
BIN := $(VENV)/bin

.PHONY: demo desk test lint types layers check-python clean

demo: $(VENV)/.installed
	@$(BIN)/tensionwire code --sample --format view
	@$(BIN)/tensionwire code --sample --output demo/record.html
	@$(BIN)/tensionwire add --sample --ledger demo/ledger.sqlite
	@echo
	@echo "The same with its text, evidence marked: open demo/record.html in a browser."
	@echo "An invented crisis of a dozen reports is in demo/ledger.sqlite: see it with make desk."
	@echo "Your own report: $(BIN)/tensionwire code FILE"

desk: $(VENV)/.installed
	@test -f demo/ledger.sqlite || $(BIN)/tensionwire add --sample --ledger demo/ledger.sqlite
	@$(BIN)/tensionwire serve --ledger demo/ledger.sqlite --public-read

test: $(VENV)/.testing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check src tests
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest

check-python:
	@test -n "$(PYTHON)" || { echo "tensionwire needs Python 3.11 or later; none was found" >&2; exit 1; }

$(VENV)/bin/python: | check-python
	"$(PYTHON)" -m venv $(VENV)

# `pip install .` as a user does it: what the package does not carry, the demo does not have.
$(VENV)/.installed: $(VENV)/bin/python pyproject.toml $(shell find src -type f -not -name '*.pyc' 2>/dev/null)
	@echo "Installing tensionwire and its libraries into $(VENV) (a minute or two, once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check .
	@touch $@

$(VENV)/.testing: $(VENV)/bin/python pyproject.toml
	@echo "Installing tensionwire and its tests into $(VENV) (a minute or two, once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@

clean:
	rm -rf $(VENV) demo build dist
