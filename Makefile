# The two commands: `make run` starts the program on this machine, `make test` runs the whole suite on both engines at once.
#   make run                    the demo, on 15/11/2024 or where it was left
#   make run DATE=2024-11-19    the same, four days later
#   make reset                  throw the demo's data away
#   make check, make test-sqlite, make test-postgres   one part of `make test`
#   make bench, make fmt, make lock

PY := .venv/bin/python
DATA := $(or $(DATA_DIR),data)
DATE ?= $(shell cat $(DATA)/demo-date 2>/dev/null || echo 2024-11-15)
ADDRESS ?= 127.0.0.1:8000
WORKERS ?= 2
RUN_PACKAGES := libpango-1.0-0 libpangoft2-1.0-0 fonts-croscore
TEST_PACKAGES := $(RUN_PACKAGES) chromium poppler-utils libreoffice-calc libreoffice-writer softhsm2
INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r
# The settings of production, whatever .env says.
BARE := env DEMO=0 DEBUG=0 HTTPS=1 DATABASE_URL= SECRET_KEY=khong-dung-cho-may-that-chi-de-kiem-tra-cau-hinh-0123456789 DATA_DIR=.venv/check

.PHONY: run test check test-sqlite test-postgres bench fmt lock reset
.DELETE_ON_ERROR:

run: export DEMO = 1
run: export ASSUMED_DATE = $(DATE)
run: .venv/run.stamp staticfiles/staticfiles.json
	@$(PY) manage.py serve --demo --address $(ADDRESS)

# Side by side, so that no core waits: what one part loads or sleeps is the other's time.
test: .venv/dev.stamp
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	.venv/bin/lint-imports
	@$(PY) .ci/together "$(MAKE) --no-print-directory check" "$(MAKE) --no-print-directory test-postgres" "$(MAKE) --no-print-directory test-sqlite"

check: .venv/dev.stamp
	$(PY) -m mypy
	$(BARE) $(PY) manage.py makemigrations --check --dry-run
	$(BARE) $(PY) manage.py check --deploy --database default --fail-level WARNING
	$(BARE) $(PY) .ci/with-postgres $(PY) manage.py check --database default --fail-level WARNING

test-sqlite: .venv/dev.stamp
	DATABASE_URL= $(PY) -m pytest -q -n $(WORKERS) --dist worksteal

test-postgres: .venv/dev.stamp
	$(PY) .ci/with-postgres $(PY) -m pytest -q -n $(WORKERS) --dist worksteal -m "not browser and not once"

bench: .venv/dev.stamp
	DEMO=1 $(PY) manage.py bench $(ARGS)

fmt: .venv/dev.stamp
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

# Written for every system and Python at once, with hashes and without any address.
lock: .venv/dev.stamp
	$(PY) -m uv pip compile pyproject.toml --extra dev --output-file config/requirements/dev.txt $(LOCK)
	$(PY) -m uv pip compile pyproject.toml --constraint config/requirements/dev.txt --output-file config/requirements/run.txt $(LOCK)
LOCK := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet

reset:
	rm -rf $(DATA)/db.sqlite3* $(DATA)/files $(DATA)/demo-date

.venv/bin/python:
	@.ci/virtualenv

.venv/run.stamp: config/requirements/run.txt | .venv/bin/python
	@.ci/system-packages $(RUN_PACKAGES)
	@echo "Cài thư viện Python (chỉ khi danh sách thay đổi)…"
	@$(INSTALL) $<
	@touch $@

.venv/dev.stamp: config/requirements/dev.txt | .venv/bin/python
	@.ci/system-packages $(TEST_PACKAGES)
	@echo "Cài thư viện Python và công cụ kiểm thử (chỉ khi danh sách thay đổi)…"
	@$(INSTALL) $<
	@touch $@ .venv/run.stamp

staticfiles/staticfiles.json: .venv/run.stamp $(shell find static -type f 2>/dev/null)
	@DEMO=1 $(PY) manage.py collectstatic --noinput --clear --verbosity 0
	@touch $@
