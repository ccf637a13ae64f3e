# One command each; `make` alone lists them. All but setup do the set-up themselves when it is missing.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON := .venv/bin/python
KIOSK := .venv/bin/kiosk
PATHS := kiosk drivers models config central tests bench docs

.PHONY: help setup setup-test run test check prove bench screens docs lock

help:  ## list the commands
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

setup:  ## apt packages, .venv, pinned Python packages
	@packaging/setup run

setup-test:
	@packaging/setup test

run: setup  ## the kiosk with central and the demo office; without a display: a played visit, pictures in build/demo
	@$(KIOSK) demo

test: setup-test  ## all tests, at most 10 minutes
	@QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest -n 2 -q

check: setup-test  ## ruff, mypy strict, import contracts, docs
	@$(PYTHON) -m ruff check $(PATHS)
	@$(PYTHON) -m ruff format --check $(PATHS)
	@$(PYTHON) -m mypy
	@.venv/bin/lint-imports
	@$(PYTHON) docs/generate.py --check

prove: setup-test  ## kills, faults, two kiosks, long state machines: build/prove/*.json
	@QT_QPA_PLATFORM=offscreen $(PYTHON) -m tests.prove

bench: setup-test  ## the measured figures: build/bench/*.json
	@QT_QPA_PLATFORM=offscreen $(PYTHON) -m bench

screens: setup  ## every screen and the paper as pictures: build/screens/*.png
	@QT_QPA_PLATFORM=offscreen $(PYTHON) -m kiosk.ui.gallery build/screens
	@$(PYTHON) -m kiosk.printing.gallery build/screens
	@$(PYTHON) -m tests.e2e.pictures build/screens

docs: setup-test  ## write the generated pages anew
	@$(PYTHON) docs/generate.py

lock:  ## resolve requirements.lock anew from pyproject.toml (needs uv)
	@uv pip compile pyproject.toml --extra dev --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --python-version 3.11 --python-platform x86_64-manylinux_2_36 --no-header --no-annotate --upgrade -q -o requirements.lock
