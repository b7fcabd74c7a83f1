# `make` builds and checks the site, `make test` tests it. Both set up what they need, once.
VENV := .venv
PYTHON := $(VENV)/bin/python
LOCK := $(VENV)/bin/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header pyproject.toml

# The project that the commands are about: this one, or another (make serve PROJECT=../mine).
PROJECT = .
# As they were written: neither make nor the shell reads anything in them.
override export CHANGE := $(value CHANGE)
override export PROJECT := $(value PROJECT)

# The Mermaid that browsers draw with comes with the tests.
SETUP := $(if $(filter browser,$(DIAGRAMS)),$(VENV)/ready-for-tests,$(VENV)/ready)

# A file of tests at a time, in their order: the longest do not come last.
SIDE_BY_SIDE := --numprocesses=logical --dist=loadfile --no-loadscope-reorder

JUDGES := default-jre-headless firefox-esr webkit2gtk-driver xvfb nginx libnginx-mod-http-brotli-static apache2-bin
BROTLI := /usr/lib/nginx/modules/ngx_http_brotli_static_module.so

.DEFAULT_GOAL := site
.PHONY: site check serve publish verify links codes test faults judges bench portability browser others lock clean help

site: $(SETUP) ## set up, check the procedure, build site/ and check what was built
	@$(PYTHON) scripts/build.py --root "$$PROJECT"

check: $(VENV)/ready ## check the procedure only (about a second and a half)
	@$(PYTHON) scripts/build.py --root "$$PROJECT" --check

serve: $(VENV)/ready ## show on http://127.0.0.1:8000/ what would be published, anew at each save
	@$(PYTHON) scripts/build.py --root "$$PROJECT" --serve

publish: $(VENV)/ready ## build for SITE_URL, and note what is published (CHANGE="what is new"; WITHOUT_ADDRESS=1 where there is no SITE_URL)
	@$(PYTHON) scripts/build.py --root "$$PROJECT" --publish="$$CHANGE" $(if $(WITHOUT_ADDRESS),--without-address)

verify: $(VENV)/ready ## say whether a copy of the site is whole and the newest (DIR=folder or URL=https://…/)
	@$(PYTHON) scripts/verify.py --root "$$PROJECT" "$$DIR" "$$URL"

links: $(VENV)/ready-for-tests ## ask whether the addresses outside the site work, and note what they answer (some minutes)
	@$(PYTHON) scripts/links.py --root "$$PROJECT"

codes: $(VENV)/ready ## write the pages that explain each finding code, after a new code, message or case
	@$(PYTHON) scripts/write_codes.py

test: $(VENV)/ready-for-tests browser ## set up what the tests need (Chromium too), and run them
	@$(VENV)/bin/ruff format --check --quiet .
	@$(VENV)/bin/ruff check --quiet .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/pytest -m "not every" $(SIDE_BY_SIDE)

faults: $(VENV)/ready-for-tests ## make every fault that an editor can make, and print what is said of it (some hours)
	@$(VENV)/bin/pytest tests/faults

# What others say of the built site: the Nu Html Checker, a reader of PDFs, Firefox and WebKit, nginx and Apache.
judges: $(VENV)/ready-for-judges browser others ## set up what the outside judges need (Firefox, WebKit, Java, nginx, Apache), ask them, and look at every page, screen and sheet
	@$(VENV)/bin/pytest tests/judges
	@$(VENV)/bin/pytest -m every $(SIDE_BY_SIDE)

bench: $(VENV)/ready-for-judges browser others ## measure what the site costs, beside what it is measured against, into benchmarks/ (a quarter of an hour)
	@$(PYTHON) -m tests.bench

portability: $(VENV)/ready-for-portability ## build the same tree with other generators too, and keep what differs in benchmarks/portability.md
	@$(PYTHON) -m tests.portability

others:
	@if ! which java firefox-esr WebKitWebDriver Xvfb /usr/sbin/nginx /usr/sbin/apache2 >/dev/null || ! test -e $(BROTLI); then \
		if [ "$$(id -u)" -ne 0 ]; then \
			echo "This needs more of Debian: run 'sudo apt-get install --no-install-recommends $(JUDGES)' and then the same again." >&2; \
			exit 1; \
		fi; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(JUDGES) >/dev/null; \
	fi

browser:
	@if ! command -v chromium-headless-shell >/dev/null || ! dpkg -s fonts-liberation >/dev/null 2>&1; then \
		if [ "$$(id -u)" -ne 0 ]; then \
			echo "The browser tests need Chromium: run 'sudo apt-get install chromium-headless-shell fonts-liberation' and then 'make test' again." >&2; \
			exit 1; \
		fi; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium-headless-shell fonts-liberation >/dev/null; \
	fi

lock: $(VENV)/ready-for-judges ## write the requirement files anew after a change in pyproject.toml
	@$(LOCK) --output-file requirements.txt
	@$(LOCK) --extra dev --output-file requirements-dev.txt
	@$(LOCK) --extra dev --extra judges --constraint requirements-dev.txt --output-file requirements-judges.txt
	@$(LOCK) --extra dev --extra portability --constraint requirements-dev.txt --output-file requirements-portability.txt
	@$(VENV)/bin/npm install --silent --package-lock-only --omit-lockfile-registry-resolved --prefix tests/judges

clean: ## remove what the other commands made
	rm -rf $(VENV) tests/judges/node_modules site .site.building .site.previous .preview .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis scripts/procedure.egg-info

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-11s  %s\n", $$1, $$2 }' Makefile

$(VENV)/ready: requirements.txt pyproject.toml
	@test -x $(PYTHON) || python3 -m venv $(VENV)
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.txt
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@

$(VENV)/ready-for-tests: requirements-dev.txt $(VENV)/ready
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-dev.txt
	@touch $@

# The Nu Html Checker and the readers of BPMN are handed out by npm only.
$(VENV)/ready-for-judges: requirements-judges.txt tests/judges/package-lock.json $(VENV)/ready-for-tests
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-judges.txt
	@$(VENV)/bin/npm ci --silent --ignore-scripts --prefix tests/judges
	@touch $@

$(VENV)/ready-for-portability: requirements-portability.txt $(VENV)/ready-for-tests
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-portability.txt
	@touch $@
