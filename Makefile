# Two commands are all one needs: `make run` and `make test`. The rest is for those who change the program.
# The work is done by scripts/, in Python: it must say things, take turns and find ports.

PYTHON := $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' && echo $$p && break; done)
VENV := .venv/bin
# Extra arguments to pytest: make test ARGS="tests/platform -k dates"
ARGS ?=

.DEFAULT_GOAL := hjelp
.PHONY: hjelp run test lint katalog oversettelse bench fyrtarn skjermbilder kontaktark lasefiler clean oppsett-python oppsett oppsett-test

hjelp:
	@echo "make run            start Medvirk med oppdiktede personer på http://localhost:5000 (PORT=5077 make run)"
	@echo "make test           kjør alle tester (ARGS=\"tests/platform -k dates\" for noen av dem)"
	@echo "make lint           ruff, mypy og kontroll av maler og språkkataloger"
	@echo "make katalog        oppdater i18n/ etter endrede tekster"
	@echo "make oversettelse   tekster ut til en oversetter, og inn igjen (ARGS=\"ut pl\")"
	@echo "make bench          mål hastighet og størrelse"
	@echo "make fyrtarn        Lighthouse på telefonprofilen: karakterer, tid og størrelse"
	@echo "make skjermbilder   lag bildene i README på nytt"
	@echo "make kontaktark     ta bilde av alle sider på alle språk, til å se på, og si fra om det som er galt"
	@echo "make lasefiler      lås pakkeversjonene på nytt etter en endring i pyproject.toml"
	@echo "make clean          slett alt som er laget her, unntatt databasen"

oppsett-python:
	@test -n "$(PYTHON)" || { echo "✗ Medvirk trenger Python 3.11 eller nyere." >&2; exit 1; }

oppsett: oppsett-python
	@$(PYTHON) scripts/oppsett.py

oppsett-test: oppsett-python
	@$(PYTHON) scripts/oppsett.py --test

run: oppsett-python
	@$(PYTHON) scripts/kjor.py

test: oppsett-python
	@$(PYTHON) scripts/alle_tester.py $(ARGS)

lint: oppsett-test
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/mypy
	$(VENV)/python scripts/sjekk_maler.py
	$(VENV)/python scripts/sjekk_kataloger.py
	$(VENV)/python scripts/sjekk_termer.py
	$(VENV)/python scripts/sjekk_klarsprak.py

katalog: oppsett-test
	$(VENV)/python scripts/katalog.py

oversettelse: oppsett-test
	$(VENV)/python scripts/oversettelse.py $(ARGS)

bench: oppsett-test
	PYTHONPATH=scripts $(VENV)/python -m tests.bench $(ARGS)

fyrtarn: oppsett-test
	PYTHONPATH=scripts $(VENV)/python -m tests.bench.lighthouse $(ARGS)

skjermbilder: oppsett-test
	PYTHONPATH=scripts:. $(VENV)/python scripts/skjermbilder.py $(ARGS)

kontaktark: oppsett-test
	PYTHONPATH=scripts $(VENV)/python -m scripts.kontaktark $(ARGS)

lasefiler: oppsett
	sh scripts/las_versjoner.sh

clean:
	rm -rf .venv .venv.lock node_modules build webapp/static/dist
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find i18n -name '*.mo' -delete
