"""The teacher in the doorway with a phone: from the front page to whom to call, what to do, the paper and what is next."""

from __future__ import annotations

import json
from urllib.parse import urljoin
from urllib.request import urlopen

from tests.judges.engines import Engine
from tests.judges.sight import in_view

PHONE = (360, 640)
SHOWN = "[...document.querySelectorAll('.guide > section')].filter(section => section.checkVisibility())[0]"
# Not the one in the block of what must never be done, which every screen has.
POLICE = ".calls-added:not(:is(.danger, details) *) a[href='tel:114']"
PARENTS = "li[id='vurder-foraeldre']"


def test_the_guide_leads_to_the_parents_the_police_number_and_the_next_phase(engine: Engine, address: str) -> None:
    engine.open(address, *PHONE)
    engine.click(".actions a[href='guide/']")
    engine.arrive("/guide/")
    met: dict[str, int] = {}
    taps = 0
    while "haandter" not in engine.evaluate(f"{SHOWN}.id"):
        screen = engine.evaluate(f"{SHOWN}.id")
        for wanted in (PARENTS, POLICE):
            if engine.evaluate(f"{SHOWN}.querySelector({json.dumps(wanted)}) !== null"):
                assert in_view(engine, f"#{screen} {wanted}") == [True], f"{wanted} has to be looked for on {screen}"
                met.setdefault(wanted, taps)
        engine.click(f"#{screen} [data-answer]")
        engine.wait(f"{SHOWN}.id !== {json.dumps(screen)}")
        taps += 1
        assert taps < 12, f"still at {screen}"

    assert list(met) == [PARENTS, POLICE]
    assert met[PARENTS] <= 2


def test_the_paper_is_two_taps_away(engine: Engine, address: str) -> None:
    engine.open(address, *PHONE)
    engine.click(".actions a[href='tjeklister/lige-nu/']")
    engine.arrive("/tjeklister/lige-nu/")

    assert in_view(engine, ".sheet-pdf") == [True]
    paper = engine.evaluate("document.querySelector('.sheet-pdf').getAttribute('href')")
    with urlopen(urljoin(f"{address}tjeklister/lige-nu/", paper)) as answer:
        assert answer.read().startswith(b"%PDF")
