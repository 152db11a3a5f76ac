# make run    serve everything on http://127.0.0.1:8000   (PORT=8001 for another port)
# make test   set up what the tests need and run them
# make soak   the full numbers of what the tests hold samples of: half an hour and more
# make bench  run the benchmarks                          (NAME=law for one)
# make lock   make the locks anew after a change of the dependencies in pyproject.toml

PORT ?= 8000
PYTHON ?= python3
PYTEST_ARGS ?=
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --disable-pip-version-check --no-input --no-deps
LOCKED := $(INSTALL) --require-hashes --only-binary :all: -r

.PHONY: run test soak bench lock setup-system

run: $(VENV)/run.stamp
	@exec $(BIN)/python -m yibao.site.serve --make-keys --port $(PORT)

test: setup-system $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest --numprocesses auto --dist loadfile --max-worker-restart 0 $(PYTEST_ARGS)

soak: setup-system $(VENV)/dev.stamp
	$(BIN)/python -m pytest -m soak $(PYTEST_ARGS)

bench: $(VENV)/dev.stamp
	$(BIN)/python -m benchmarks $(NAME)

setup-system:
	@tools/setup_system.sh

# A stamp says that a step was finished: a half-made .venv is made again, unchanged locks are not installed again.
$(VENV)/made.stamp:
	@PYTHON="$(PYTHON)" tools/make_venv.sh $(VENV)
	@touch $@

$(VENV)/run.stamp: $(VENV)/made.stamp requirements.lock pyproject.toml
	@echo "== 安装锁定的依赖（约 220 MB，只此一次）· installing the locked dependencies (about 220 MB, once)"
	@$(LOCKED) requirements.lock
	@$(INSTALL) --quiet --no-index --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp requirements-dev.lock
	@echo "== 安装测试工具 · installing the test tools"
	@$(LOCKED) requirements-dev.lock
	@touch $@

LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --only-binary :all: \
	--no-emit-index-url --no-emit-find-links --no-annotate --no-header pyproject.toml --group build

# Every extra but spark, which is no wheel and 450 MB: its tests and benchmark make an environment of their own.
EXTRAS := $(addprefix --extra ,hotline kiosk fhir sms-alibaba sms-tencent duckdb)

lock: $(VENV)/dev.stamp
	$(LOCK) --output-file requirements.lock
	$(LOCK) $(EXTRAS) --group dev --constraint requirements.lock --output-file requirements-dev.lock
