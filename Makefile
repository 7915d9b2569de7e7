# Everything a contributor types. Each target does its own set-up; a fresh Debian 12 needs `make`, `git` and root.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
# Tests at a time: those with FRR wait more than they compute.
JOBS   ?= 4

.PHONY: help run test deep unit frr lab bench soak check format golden grammar pin clean
.PHONY: soak-frr soak-long soak-models soak-sites soak-faults soak-kills soak-impact soak-lab soak-fuzz
.DEFAULT_GOAL := help

help: ## this list
	@grep -hE '^[a-z-]+:.*?## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 22

$(VENV)/ready: pyproject.toml .ci/requirements.txt .ci/setup
	@.ci/setup $(PYTHON) $(VENV)
	@touch $@

run: $(VENV)/ready ## the blog's node on a running FRR, a change to it, and a ping through VXLAN between two nodes
	@tests/frr/install.sh
	-@tests/lab/kernel.sh >/dev/null
	@$(BIN)/python -m examples.run

test: $(VENV)/ready ## units, and the short tests against every FRR there is
	@tests/frr/install.sh
	@tests/frr/roots.sh
	@$(BIN)/pytest tests -m "not deep and not lab and not long" -n $(JOBS)

deep: $(VENV)/ready ## what takes longer: deep units, faults, random models, labs with real packets
	@tests/frr/install.sh
	@tests/frr/roots.sh
	@tests/lab/kernel.sh
	@$(BIN)/pytest tests -m "(deep or lab) and not long" -n auto --dist loadgroup

unit: $(VENV)/ready ## what needs no FRR, with fewer random examples: at each save
	@$(BIN)/pytest tests -m "not (frr or lab or deep or long)" -n auto --hypothesis-profile quick

frr: $(VENV)/ready ## only what needs FRR
	@tests/frr/install.sh
	@tests/frr/roots.sh
	@$(BIN)/pytest tests -m frr -n $(JOBS)

lab: $(VENV)/ready ## only the labs: several routers on a kernel with VRFs, real packets
	@tests/frr/install.sh
	@tests/frr/roots.sh
	@tests/lab/kernel.sh
	@$(BIN)/pytest tests -m lab -n $(JOBS) --dist loadgroup

bench: $(VENV)/ready ## speed and memory, as ratios measured in one run; PART="lints diffs" measures only these parts
	@$(BIN)/python -m tests.bench $(PART)

SOAK := long models sites faults kills impact lab fuzz

soak: $(addprefix soak-,$(or $(PART),$(SOAK))) ## what takes hours: parts long, models, sites, faults, kills, impact, lab, fuzz; PART="kills fuzz" runs these, MINUTES=60 a run

soak-frr: $(VENV)/ready
	@tests/frr/install.sh
	@tests/frr/roots.sh

soak-long: soak-frr # the tests that take minutes
	@$(BIN)/pytest tests -m long -n auto

soak-models: soak-frr # random models on live FRR
	@$(BIN)/python -m tests.frr.soak --minutes $(or $(MINUTES),60)

soak-sites: soak-frr # random sites on live FRR: what the site check says of each route; goes on from the run before
	@$(BIN)/python -m tests.frr.sites.soak --minutes $(or $(MINUTES),60)

soak-faults: soak-frr # every fault around the sidecar, and a long random walk
	@$(BIN)/python -m tests.frr.sidecar_soak

soak-kills: soak-frr # landings while things are killed; what the sidecar says is compared with FRR
	@$(BIN)/python -m tests.frr.sidecar_kills

soak-impact: soak-frr # what changes do to sessions
	@$(BIN)/python -m tests.frr.impact

soak-lab: soak-frr # what changes do to packets; every scenario of the lab on every FRR, after the last one of the run before
	@tests/lab/kernel.sh
	@$(BIN)/python -m tests.lab.evpn_impact
	@$(BIN)/python -m tests.lab.sites.soak --minutes $(or $(MINUTES),60)

soak-fuzz: $(VENV)/ready # every parser of foreign bytes; goes on from the corpus of the runs before
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement .ci/fuzz.txt \
		|| echo "Atheris cannot be had here: Hypothesis draws the inputs" >&2
	@$(BIN)/python -m tests.fuzz --minutes $(or $(MINUTES),15) --jobs $(JOBS)

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

grammar: $(VENV)/ready ## rewrite what programs read of grammar/: node.yaml, and the command tables of the FRRs that are here
	@$(BIN)/pytest -q tests/syntax/test_nodes.py tests/syntax/commands/test_tables.py --update-golden

pin: ## rewrite .ci/requirements.txt, action.txt and fuzz.txt from pyproject.toml (needs uv)
	@uv pip compile pyproject.toml --extra dev --extra node --universal --generate-hashes --no-emit-index-url \
		--no-emit-find-links --no-header --quiet --python-version 3.11 --upgrade --output-file .ci/requirements.txt
	@uv pip compile .ci/fuzz.in --universal --generate-hashes --emit-build-options --only-binary :all: --no-emit-index-url \
		--no-emit-find-links --no-header --no-annotate --quiet --python-version 3.11 --upgrade --output-file .ci/fuzz.txt
	@echo hatchling | uv pip compile pyproject.toml - --constraint .ci/requirements.txt --universal --generate-hashes --no-emit-index-url \
		--no-emit-find-links --no-header --no-annotate --quiet --python-version 3.11 --output-file .ci/action.txt
	@sed -i '1i # Exact versions of what action.yml installs, with hashes; `make pin` rewrites this file from pyproject.toml.' .ci/action.txt
	@sed -i '1i # Exact versions for development, with hashes; `make pin` rewrites this file from pyproject.toml.' .ci/requirements.txt

clean: ## remove what the other targets made in the checkout
	@rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
