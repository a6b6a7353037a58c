# Every command does all of its own set-up: git, python3 (3.11 or newer) and make are enough. `make help` lists them.
# Written for make 3.81 and newer, because that is what macOS has.

PYTHON ?= python3
PORT ?= 8000
ARGS ?=

py := .venv/bin/python
build_ready := .venv/.build-ready
test_ready := .venv/.test-ready

export PYTHONPATH := hooks
# Both names silence the theme's notice of MkDocs 2; versions of the theme differ in which they read.
export NO_MKDOCS_2_WARNING := 1
export DISABLE_MKDOCS_2_WARNING := true

.DEFAULT_GOAL := help
.PHONY: help serve build check test browser tree search schema ids spell bench audit lighthouse lock municipalities clean

help: ## tämä luettelo
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' Makefile

serve: $(build_ready) ## sivusto osoitteessa http://127.0.0.1:8000, päivittyy itsestään (PORT=8001 vaihtaa portin)
	@$(py) -c 'import socket; socket.create_server(("127.0.0.1", $(PORT))).close()' 2>/dev/null || \
		{ echo "Portti $(PORT) on varattu. Kokeile: make serve PORT=8001" >&2; exit 1; }
	@$(py) -m mkdocs serve --strict --dev-addr 127.0.0.1:$(PORT)

build: $(build_ready) ## koko sivusto kansioon site/ (entinen jää, jos tiedoissa on virhe)
	@sh tools/build.sh

check: $(build_ready) ## tietojen tarkistus, ei sivuja
	@$(py) -m toolbox check

test: $(test_ready) browser ## kaikki testit, myös oikealla selaimella (ARGS="-k nimi" rajaa)
	@$(py) -m ruff check --quiet --output-format concise hooks tests tools
	@$(py) -m toolbox check
	@$(py) -m pytest -n auto --maxprocesses 4 --dist worksteal $(ARGS)

# Finds the browser of the tests, or installs it, or says how to.
browser: $(test_ready)
	@$(py) -m tools.browser

tree: $(build_ready) ## sivusto ilman MkDocsia kansioon build/tree/
	@$(py) -m toolbox tree --out build/tree

# The words come through the environment, so that nothing in them is a command to the shell.
search: $(test_ready) tree ## haku päätteessä: make search q="osasairauspäiväraha"
	@$(py) -m tools.search "$$q"

schema: $(build_ready) ## tekee tietokenttien kuvaukset uudelleen (data/schema/, kenttäopas)
	@$(py) -m toolbox schema

ids: $(build_ready) ## lisää uudet tunnukset julkaistujen luetteloon
	@$(py) -m toolbox ids

spell: $(test_ready) ## oikoluku Voikolla (kehittäjän apuväline; sallitut sanat: tools/words.txt)
	@$(py) -m tools.spell

bench: $(test_ready) ## mittaa nopeuden ja sivujen koon ja vertaa niitä rajoihin
	@$(py) -m tools.bench

audit: $(test_ready) browser build ## koko sivuston hidas tarkastus: saavutettavuus ja rakenne joka sivulla, HTML:n oikeellisuus
	@$(py) -m tools.audit $(ARGS)

lighthouse: $(test_ready) browser build ## Lighthouse sivutyypeittäin (tarvitsee Noden)
	@$(py) -m tools.lighthouse

municipalities: $(build_ready) ## vuodenvaihteen kuntamuutos: make municipalities file=kunnat.csv (write=1 kirjoittaa)
	@$(py) -m toolbox municipalities --table "$$file" $${write:+--write} $(ARGS)

lock: $(build_ready) ## lukitsee riippuvuudet tiivisteineen requirements/-kansioon (ARGS=--upgrade päivittää)
	@sh tools/lock.sh $(ARGS)

clean: ## poistaa kaiken, minkä komennot ovat tehneet
	@rm -rf .venv site build .hypothesis

# A stamp is newer than its requirements only when pip has succeeded, so pip runs only when they change.
$(build_ready): requirements/build.txt tools/setup.sh
	@PYTHON="$(PYTHON)" sh tools/setup.sh requirements/build.txt
	@touch $@

$(test_ready): requirements/test.txt $(build_ready)
	@PYTHON="$(PYTHON)" sh tools/setup.sh requirements/test.txt
	@touch $@
