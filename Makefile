# The same words for everyone: setup, run, test, check, fix, bench, house.
PYTHON ?= python3
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export DEMO ?= 1

.PHONY: setup run test check fix bench house messages

.venv/run.stamp: requirements/run.txt requirements/build.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing what the house needs ..."
	@$(BIN)/python -m pip install -q --require-hashes -r requirements/run.txt
	@$(BIN)/python -m pip install -q --require-hashes -r requirements/build.txt
	@touch $@

.venv/dev.stamp: requirements/dev.txt .venv/run.stamp
	@echo "Installing what the tests need ..."
	@$(BIN)/python -m pip install -q --require-hashes -r requirements/dev.txt
	@touch $@

.venv/package.stamp: pyproject.toml .venv/run.stamp
	@$(BIN)/python -m pip install -q --no-deps -e .
	@touch $@

setup: .venv/run.stamp .venv/package.stamp
	@$(BIN)/python tools/build_assets.py

run: setup
	@exec $(BIN)/knutepunkt serve

test: setup .venv/dev.stamp
	@exec $(BIN)/python tools/run_tests.py

check: setup .venv/dev.stamp
	@exec $(BIN)/python tools/run_tests.py --quick

fix: .venv/dev.stamp
	@$(BIN)/ruff check --fix src tests tools; $(BIN)/ruff format src tests tools; $(BIN)/djade --target-version 5.2 $$(git ls-files '*.html') || true

bench: setup .venv/dev.stamp
	@exec $(BIN)/python tools/bench.py

house:
	@$(PYTHON) tools/house.py

messages: .venv/dev.stamp
	@$(BIN)/python tools/messages.py
