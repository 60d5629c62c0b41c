# The Backward Pass. `make book` and `make test` need Python 3.11 or newer, git and make; they install the rest in .venv.
PYTHON ?= python3
RUN := $(PYTHON) tools/run.py

.DEFAULT_GOAL := help
.PHONY: help setup book serve gallery lab test lint quizzes pdf worksheets outputs kernels wheel elsewhere bench mutants requirements clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

setup: ## make or refresh the environment in .venv (every command below does so by itself)
	@$(RUN) setup

book: ## build the book strictly; it ends by saying which file to open
	@$(RUN) book

serve: ## serve the book on this machine and rebuild it whenever a source changes
	@$(RUN) serve

gallery: ## serve a small book with a page for every figure, while you work on one
	@$(RUN) gallery

lab: ## open the chapters in JupyterLab
	@$(RUN) lab

test: ## run every check, or some: make test STEPS="lint unit"
	@$(RUN) test $(STEPS)

lint: ## check the style of Python and JavaScript
	@$(RUN) lint

quizzes: ## check the question bank and prove its answers
	@$(RUN) quizzes

pdf: ## print the book as one file, on A4 and on Letter
	@$(RUN) pdf

worksheets: ## print the questions and tasks of each chapter with room to write, and the key apart
	@$(RUN) worksheets

outputs: ## run the notebooks and store their outputs, or one: make outputs NOTEBOOK=book/01-topology.ipynb
	@$(RUN) outputs $(NOTEBOOK)

kernels: ## run the notebooks as other processors and other NumPys would compute them
	@$(RUN) kernels $(KINDS)

wheel: ## make the wheel, with which the chapters run in any Jupyter
	@$(RUN) wheel

elsewhere: ## make the wheel and run every chapter from it, in an environment that has nothing else
	@$(RUN) elsewhere

bench: ## compare nn_core with PyTorch, then time it beside PyTorch, JAX and scikit-learn, in an environment of its own
	@$(PYTHON) tools/environment.py --bench
	@.venv-bench/bin/python -m pytest --noconftest tests/nn_core/test_torch.py
	@env -u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE .venv-bench/bin/python benchmarks/bench_nn_core.py
	@env -u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE .venv-bench/bin/python benchmarks/bench_nn_core.py --one-core --only 1024
	@env -u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE .venv-bench/bin/python benchmarks/bench_nn_dask.py

mutants: ## seed small bugs in nn_core and the quizzes, and say which no test sees, in all or some: make mutants MODULES="losses order"
	@$(PYTHON) tools/environment.py --mutants
	@PATH="$(CURDIR)/.venv-mutants/bin:$$PATH" .venv-mutants/bin/python tools/mutants.py $(MODULES)

requirements: ## compile requirements.txt from pyproject.toml
	@$(PYTHON) tools/environment.py --compile

clean: ## remove what the commands made, the environments included
	rm -rf _build .venv .venv-bench .venv-mutants node_modules .pytest_cache .ruff_cache .hypothesis book/.jupyter_cache *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
