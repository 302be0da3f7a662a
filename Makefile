# `make run` and `make test` are the only two commands a new machine needs.
# Each makes what it needs: see bin/bootstrap.
PORT ?= 8000
DATA_DIR ?= var
BIN := .venv/bin
export PORT DATA_DIR

.PHONY: help run test check fmt lint types imports migrations templates requirements

help: ## Show what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: ## Start the newsroom at http://127.0.0.1:$(PORT)/
	@bin/bootstrap base
	@exec $(BIN)/python manage.py start

test: ## Run every test (TEST_DATABASE_URL chooses the database, ARGS goes to pytest)
	@bin/bootstrap dev
	@bin/browser
	@$(BIN)/pytest -n $${PYTEST_WORKERS:-auto} --dist loadgroup $(ARGS)

check: lint types imports migrations templates ## Everything that reads the code without running it

fmt: ## Format the code
	@bin/bootstrap dev
	@$(BIN)/ruff format -q .
	@$(BIN)/ruff check -q --fix .

lint:
	@bin/bootstrap dev
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .

types:
	@bin/bootstrap dev
	@$(BIN)/mypy .

imports:
	@bin/bootstrap dev
	@$(BIN)/lint-imports --no-cache

migrations:
	@bin/bootstrap dev
	@$(BIN)/python manage.py makemigrations --check --dry-run

templates:
	@bin/bootstrap dev
	@$(BIN)/djlint --lint --quiet templates

requirements: ## Compile requirements/*.in afresh (hashes, no index address)
	@for set in base dev; do \
	  uv pip compile --universal --generate-hashes --no-emit-index-url --python-version 3.13 -q \
	    --custom-compile-command "make requirements" requirements/$$set.in -o requirements/$$set.txt; done
