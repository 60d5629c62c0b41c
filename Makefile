# The Backward Pass. `make book` and `make test` need Python 3.11 or newer, git and make; they install the rest in .venv.
PYTHON ?= python3
PY := PATH="$(CURDIR)/.venv/bin:$$PATH" .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help setup book serve lab test lint quizzes outputs bench requirements clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

setup: ## make or refresh the environment in .venv (every command below does so by itself)
	@$(PYTHON) tools/environment.py

book: setup ## build the book strictly; it ends by saying which file to open
	@$(PY) tools/build.py

serve: setup ## serve the book on this machine and rebuild it whenever a source changes
	@$(PY) tools/serve.py

lab: setup ## open the chapters in JupyterLab
	@$(PY) -m jupyterlab --notebook-dir=book

test: setup ## run every check, or some: make test STEPS="lint unit"
	@$(PY) tools/check.py $(STEPS)

lint: setup ## check the style of Python and JavaScript
	@$(PY) tools/lint.py

quizzes: setup ## check the question bank and prove its answers
	@$(PY) -m nn_widgets.bank_check

outputs: setup ## run the notebooks and store their outputs, or one: make outputs NOTEBOOK=book/01-topology.ipynb
	@$(PY) tools/outputs.py $(NOTEBOOK)

bench: ## compare nn_core with PyTorch, then time it beside PyTorch, JAX and scikit-learn, in an environment of its own
	@$(PYTHON) tools/environment.py --bench
	@.venv-bench/bin/python -m pytest --noconftest tests/bench
	@env -u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE .venv-bench/bin/python benchmarks/bench_nn_core.py
	@env -u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE .venv-bench/bin/python benchmarks/bench_nn_core.py --one-core --only 1024

requirements: ## compile requirements.txt from pyproject.toml
	@$(PYTHON) tools/environment.py --compile

clean: ## remove what the commands made, the environments included
	rm -rf _build .venv .venv-bench .pytest_cache .ruff_cache .hypothesis book/.jupyter_cache *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
