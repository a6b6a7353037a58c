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

# `make build today=2027-01-02` makes the site as it is on that day; so do serve, tree, check and the others.
ifdef today
export KK_TODAY := $(today)
endif

.DEFAULT_GOAL := help
.PHONY: help serve build booklet check test fallback browser tree search schema modules ids review reviewed year links spell bench audit lighthouse vulnerabilities lock municipalities diff release offline clean

help: ## tämä luettelo
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' Makefile

serve: $(build_ready) ## sivusto osoitteessa http://127.0.0.1:8000, päivittyy itsestään (PORT=8001 vaihtaa portin)
	@$(py) -c 'import socket; socket.create_server(("127.0.0.1", $(PORT))).close()' 2>/dev/null || \
		{ echo "Portti $(PORT) on varattu. Kokeile: make serve PORT=8001" >&2; exit 1; }
	@$(py) -m mkdocs serve --strict --dev-addr 127.0.0.1:$(PORT)

build: $(build_ready) ## koko sivusto kansioon site/ (entinen jää, jos tiedoissa on virhe; today=2027-01-02: sen päivän sivusto)
	@sh tools/build.sh

# The page for trainers links to the PDF only in a site that has it.
booklet: $(test_ready) browser ## sivusto ja oppimisvihko PDF-tiedostona (build/ ja site/opi/)
	@KK_BOOKLET=1 sh tools/build.sh
	@$(py) -m tools.booklet

check: $(build_ready) ## tietojen tarkistus, ei sivuja
	@$(py) -m toolbox check

test: $(test_ready) browser ## kaikki testit, myös oikealla selaimella (ARGS="-k nimi" rajaa)
	@$(py) -m ruff check --quiet --output-format concise hooks tests tools
	@$(py) -m toolbox check
	@$(py) -m pytest -n auto --maxprocesses 4 --dist worksteal $(ARGS)

fallback: $(test_ready) browser ## sivuston testit sivuille, jotka on tehty ilman MkDocsia
	@KK_ENGINE=tree $(py) -m pytest tests/test_site.py tests/test_browser.py tests/test_sources.py $(ARGS)

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

modules: $(build_ready) ## piirtää koodin moduulit uudelleen tiedostoon ARCHITECTURE.md
	@$(py) -m tools.modules

ids: $(build_ready) ## lisää uudet tunnukset julkaistujen luetteloon
	@$(py) -m toolbox ids

# As with search, the words come through the environment.
review: $(build_ready) ## mitä tarkistetaan seuraavaksi, lähde väitteen vieressä (n=50 näyttää enemmän)
	@$(py) -m toolbox review --limit "$${n:-10}"

reviewed: $(build_ready) ## merkitsee tarkistuksen: make reviewed id=… source=… by=… (day=… level=… url=… what=…)
	@$(py) -m toolbox reviewed --id="$$id" --source="$$source" --by="$$by" --day="$$day" --level="$$level" --url="$$url" --what="$$what"

year: $(build_ready) ## mikä vanhenee ja muuttuu vuodenvaihteessa (today=2026-12-15 vaihtaa päivän)
	@$(py) -m toolbox year

links: $(build_ready) ## kysyy rauhallisesti, ovatko lähteiden osoitteet paikoillaan (raportti build/links.md, ei kaada mitään)
	@$(py) -m tools.links $(ARGS)

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

diff: $(build_ready) ## mitä koordinaattorin työssä muuttui: make diff old=<kansio tai gitin versio> (ARGS="--format mail")
	@sh tools/old_data.sh "$$old" diff $(ARGS)

release: $(build_ready) ## kirjaa muutokset julkaisuun tiedostoon data/releases.yaml: make release old=<kansio tai gitin versio>
	@sh tools/old_data.sh "$$old" release $(ARGS)

vulnerabilities: $(build_ready) ## vertaa lukittuja riippuvuuksia tunnettuihin haavoittuvuuksiin (tarvitsee verkon)
	@sh tools/vulnerabilities.sh

offline: $(build_ready) ## sivusto zip-tiedostona, joka toimii kansiosta tai muistitikulta: build/kaikki-keinot-<päivä>.zip
	@$(py) -m toolbox offline

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
