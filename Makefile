# Two commands do everything on a machine with Python 3.11 and make:
#   make demo   the Oxfordshire contract from records to a signed statement
#   make test   everything CI runs
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OUT ?= demo-output

.PHONY: setup demo test check fix bench audit docs nightly clean
.DEFAULT_GOAL := help

help:
	@sed -n 's/^\([a-z]*\):.*## /  make \1  /p' $(MAKEFILE_LIST)

# uv comes from pip into a virtual environment of its own; the lock file says the rest.
$(VENV)/.ready: pyproject.toml uv.lock
	@test -x .uv/bin/uv || { $(PYTHON) -m venv .uv && .uv/bin/pip install --quiet --disable-pip-version-check uv; }
	@.uv/bin/uv sync --quiet --frozen --python $(PYTHON)
	@touch $@

setup: $(VENV)/.ready  ## the virtual environment, from uv.lock

demo: setup  ## the Oxfordshire contract from records to statement
	@$(BIN)/obc demo --out $(OUT)

test: setup  ## everything CI runs, with its time by suite
	@$(BIN)/python tests/run.py

check: setup  ## style, imports, types: seconds
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/lint-imports --no-cache && $(BIN)/mypy --no-incremental

fix: setup  ## let ruff mend what it can
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

SIZE ?= large
bench: setup  ## paired timings; fails where a budget is exceeded by half (SIZE=small: three minutes)
	@$(BIN)/python benchmarks/run.py --size $(SIZE)

audit: setup  ## known holes in what we run on (3: the service could not be asked), and the bill of materials
	@$(BIN)/python deploy/bill_of_materials.py
	@$(BIN)/python deploy/audit.py

docs: setup  ## rewrite the generated pages under docs/
	@$(BIN)/python docs/generate.py

nightly: setup  ## what CI has no time for: long profiles, mutation runs
	@$(BIN)/python tests/run.py --nightly
	@HYPOTHESIS_PROFILE=nightly $(BIN)/python -m pytest tests/property tests/conformance
	@$(BIN)/python tests/mutate.py

clean:
	rm -rf $(VENV) .uv $(OUT)
