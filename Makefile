# Every target does all the set-up it needs: a virtual environment with the exact versions of the lock file, and, where
# apt can be used, the system parts that scans need. Targets: run, console, dev, test, quick, search, check, bench, scale, train,
# sample, clean.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALL := sh deploy/packages.sh $(BIN)/python
HOME_DIR := $(CURDIR)/var
ROUND ?= 2024-Q3

export CCHC_HOME ?= $(HOME_DIR)
export DAGSTER_HOME ?= $(CCHC_HOME)/dagster
export DAGSTER_DISABLE_TELEMETRY := 1
export OMP_THREAD_LIMIT := 1
# Where the machine forbids it, Python compiles every module anew for each of the many processes that a run or a test starts.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: run console dev test quick search check bench scale train sample format system clean

run: $(VENV)/.run system
	@$(BIN)/cchc demo --inbox sample/inbox --round $(ROUND) --received-at 2024-09-13 \
		--by "Dữ liệu mẫu" --why "bộ báo cáo mẫu, ngày nhận đặt sẵn"

console: run
	@$(BIN)/cchc console

dev: $(VENV)/.run system
	@$(BIN)/cchc init
	$(BIN)/dagster dev -w workspace.yaml --host 127.0.0.1

# Three workers for two cores: one of them always waits, for a browser, a database or a process that must end by itself.
test: $(VENV)/.dev system
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder tests

# What a change of language, figures, relations or rules needs, in under a minute: no scans, no database, no engine.
quick: $(VENV)/.dev
	$(BIN)/python -m pytest -n 2 -m "not slow and not corpus" tests/ground tests/numbers tests/validation/test_cases.py \
		tests/validation/test_rule_book.py tests/figures/test_labels.py tests/figures/test_cases.py tests/test_messages.py

search: $(VENV)/.dev system
	$(BIN)/python -m pytest -n 2 --dist loadfile --hypothesis-profile search $$(grep -rl '@given' tests --include='*.py')

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.dev system
	$(BIN)/python -m bench

scale: $(VENV)/.dev system
	@command -v redis-server >/dev/null || apt-get install -y -q redis-server
	$(BIN)/python -m bench scale

# The models of the learned readers from training/: sequence models in ten minutes, the network in about an hour.
# CORRECTIONS=folder takes in what an office decided (`cchc corrections export folder`).
train: export CCHC_CORRECTIONS = $(CORRECTIONS)
train: $(VENV)/.dev $(VENV)/.training
	$(BIN)/python -m training train
	$(BIN)/python -m training network
	$(BIN)/python -m training weigh
	$(BIN)/python -m training judge

sample: $(VENV)/.dev
	$(BIN)/python -m sample.generator

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Scans need Tesseract's Vietnamese data. Without apt or root everything but scans works; the line to run is printed.
system:
	@sh deploy/system.sh

$(VENV)/.run: requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(INSTALL) -r requirements.lock
	@$(INSTALL) --no-deps -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(INSTALL) -r requirements-dev.lock
	@$(INSTALL) --no-deps -e .
	@touch $@ $(VENV)/.run

$(VENV)/.training: $(VENV)/.dev
	@$(INSTALL) -e '.[training]'
	@touch $@

clean:
	rm -rf $(VENV) var build dist *.egg-info
