# Everything a contributor types. Each target does its own set-up; a fresh Debian 12 needs `make`, `git` and root.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
# Tests at a time: those with FRR wait more than they compute.
JOBS   ?= 4

.PHONY: help run test deep unit frr lab bench soak check format golden grammar pin clean
.DEFAULT_GOAL := help

help: ## this list
	@grep -hE '^[a-z-]+:.*?## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 22

$(VENV)/ready: pyproject.toml .ci/requirements.txt .ci/setup
	@.ci/setup $(PYTHON) $(VENV)
	@touch $@

run: $(VENV)/ready ## the blog's node, from a model to a running FRR, and one change to it
	@tests/frr/install.sh
	@$(BIN)/python -m examples.run

test: $(VENV)/ready ## units, and the short tests against every FRR there is
	@tests/frr/install.sh
	@tests/frr/roots.sh
	@$(BIN)/pytest tests -m "not deep and not lab and not long" -n $(JOBS)

deep: $(VENV)/ready ## what takes longer: faults, random models, labs with real packets
	@tests/frr/install.sh
	@tests/frr/roots.sh
	@tests/lab/kernel.sh
	@$(BIN)/pytest tests -m "(deep or lab) and not long" -n auto --dist loadgroup

unit: $(VENV)/ready ## only what needs no FRR
	@$(BIN)/pytest tests -m "not frr and not lab" -n auto

frr: $(VENV)/ready ## only what needs FRR
	@tests/frr/install.sh
	@tests/frr/roots.sh
	@$(BIN)/pytest tests -m frr -n $(JOBS)

lab: $(VENV)/ready ## only the labs: several routers on a kernel with VRFs, real packets
	@tests/frr/install.sh
	@tests/frr/roots.sh
	@tests/lab/kernel.sh
	@$(BIN)/pytest tests -m lab -n $(JOBS) --dist loadgroup

bench: $(VENV)/ready ## speed and memory, as ratios measured in one run
	@$(BIN)/python -m tests.bench

soak: $(VENV)/ready ## what takes hours: long tests, random models on live FRR for MINUTES (60), every fault on every FRR
	@tests/frr/install.sh
	@tests/frr/roots.sh
	@$(BIN)/pytest tests -m long -n auto
	@$(BIN)/python -m tests.frr.soak --minutes $(or $(MINUTES),60)
	@$(BIN)/python -m tests.frr.sidecar_soak
	@$(BIN)/python -m tests.frr.impact
	@$(BIN)/python -m tests.lab.evpn_impact

check: $(VENV)/ready ## ruff, mypy strict, the walls between the packages
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

format: $(VENV)/ready ## format the code and sort its imports
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

golden: $(VENV)/ready ## rewrite golden/ from what the compiler says today
	@$(BIN)/frrcompile golden update golden

grammar: $(VENV)/ready ## rewrite what programs read of grammar/: node.yaml, and what the FRRs here say of their commands
	@$(BIN)/pytest -q tests/syntax/test_nodes.py tests/syntax/commands/test_tables.py --update-golden

pin: ## rewrite .ci/requirements.txt from pyproject.toml (needs uv)
	@uv pip compile pyproject.toml --extra dev --extra node --universal --generate-hashes --no-emit-index-url \
		--no-emit-find-links --no-header --quiet --python-version 3.11 --upgrade --output-file .ci/requirements.txt
	@sed -i '1i # Exact versions for development, with hashes; `make pin` rewrites this file from pyproject.toml.' .ci/requirements.txt

clean: ## remove what the other targets made in the checkout
	@rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
