# `make run` and `make test` are the only two commands a new machine needs.
# Each makes what it needs: see bin/bootstrap.
PORT ?= 8000
DATA_DIR ?= var
BIN := .venv/bin
# A bucket for files, a provider for letters: each needs packages of its own.
WANTED := $(if $(STORAGE_URL),$(if $(findstring anymail,$(EMAIL_URL)),whole,s3),$(if $(findstring anymail,$(EMAIL_URL)),mail,base))
export PORT DATA_DIR

.PHONY: help run test soak bench check fmt dev lint types imports migrations templates requirements

help: ## Show what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: ## Start the newsroom at http://127.0.0.1:$(PORT)/
	@bin/bootstrap $(WANTED)
	@exec $(BIN)/python manage.py start

test: dev ## Run every test (TEST_DATABASE_URL chooses the database, ARGS goes to pytest)
	@bin/browser
	@$(BIN)/pytest -n $${PYTEST_WORKERS:-auto} --dist loadgroup $(ARGS)

soak: dev ## Run the long proofs: kills, crowds, thousands of stories (minutes; TEST_DATABASE_URL as for test)
	@$(BIN)/pytest tests/soak -q $(ARGS)

bench: dev ## Measure the desk with 20,000 stories: some minutes, on a machine that does nothing else
	@bin/browser
	@missed=; for file in benchmarks/bench_*.py; do echo "== $$file"; \
	  $(BIN)/python -m benchmarks.$$(basename $$file .py) || missed=1; done; test -z "$$missed"

check: lint types imports migrations templates ## Everything that reads the code without running it

fmt: dev ## Format the code
	@$(BIN)/ruff format -q .
	@$(BIN)/ruff check -q --fix .

dev:
	@bin/bootstrap dev

lint: dev
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .

types: dev
	@$(BIN)/mypy .

imports: dev
	@$(BIN)/lint-imports --no-cache

migrations: dev
	@$(BIN)/python manage.py makemigrations --check --dry-run

templates: dev
	@$(BIN)/djlint --lint --quiet templates

requirements: dev ## Compile requirements/*.in afresh (hashes, no index address)
	@uv=$$(command -v uv || echo .tools/bin/uv); for set in base s3 mail whole dev uv; do \
	  $$uv pip compile --universal --generate-hashes --no-emit-index-url --python-version 3.13 -q \
	    --custom-compile-command "make requirements" requirements/$$set.in -o requirements/$$set.txt; done
