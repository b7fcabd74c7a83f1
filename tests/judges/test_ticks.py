"""A tick on a sheet after a look at Kontakt: what a browser itself remembers, and for how long."""

from __future__ import annotations

import pytest

from tests.judges.engines import Engine

TICKED = "document.querySelector('main .task input').checked"

# As *Privatliv* says: a browser may keep ticks at Back and when a page is loaded anew, and none keeps them longer.
AFTER_RELOAD = {"chromium": False, "firefox": True, "webkit": False}


@pytest.mark.parametrize("width", [360, 1280])
def test_ticks_survive_a_look_at_kontakt_and_no_longer(engine: Engine, address: str, width: int) -> None:
    sheet = f"{address}tjeklister/lige-nu/"
    engine.open(sheet, width, 800)
    engine.click("main .task input")
    assert engine.evaluate(TICKED)

    engine.click("article a[href='../../kontakt/']")
    engine.arrive("/kontakt/")
    engine.back()
    engine.arrive("/tjeklister/lige-nu/")
    engine.wait(TICKED)

    engine.reload()
    assert engine.evaluate(TICKED) == AFTER_RELOAD[engine.name]
    engine.open(sheet, width, 800)
    assert not engine.evaluate(TICKED)
