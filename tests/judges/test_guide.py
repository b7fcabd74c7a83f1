"""The guide in three browsers: a way to its end, Back, reload, and an address sent to a colleague."""

from __future__ import annotations

import json

import pytest

from tests.judges.engines import Engine

PHONE = (360, 640)

SHOWN = "[...document.querySelectorAll('.guide > section')].filter(section => section.checkVisibility())"

WAYS = f"[...{SHOWN}[0].querySelectorAll('[data-answer]')].map(way => way.dataset.answer)"


@pytest.mark.parametrize("choice", [0, -1], ids=["first-answers", "last-answers"])
def test_way_through_the_guide_leads_back_the_same_way(engine: Engine, address: str, choice: int) -> None:
    engine.open(f"{address}guide/", *PHONE)
    seen = [_screen(engine)]
    while ways := engine.evaluate(WAYS):
        _answer(engine, ways[choice])
        seen.append(_screen(engine))
        assert len(seen) < 60, "the guide leads in a ring"
    shared = engine.evaluate("location.href")

    engine.reload()
    assert _screen(engine) == seen[-1]
    for screen in reversed(seen[:-1]):
        engine.back()
        engine.wait(f"{SHOWN}[0].id === {json.dumps(screen)}")
    engine.open(shared, *PHONE)
    assert _screen(engine) == seen[-1]


def test_focus_is_on_what_is_new(engine: Engine, address: str) -> None:
    engine.open(f"{address}guide/", *PHONE)
    _answer(engine, engine.evaluate(WAYS)[0])

    assert engine.evaluate(f"document.activeElement.closest('section') === {SHOWN}[0]")
    top, bottom, height = engine.evaluate(
        "(({ top, bottom }) => [top, bottom, innerHeight])(document.activeElement.getBoundingClientRect())"
    )
    assert top >= 0 and bottom <= height


def _answer(engine: Engine, way: str) -> None:
    before = _screen(engine)
    engine.click(f'#{before} [data-answer="{way}"]')
    engine.wait(f"{SHOWN}[0].id !== {json.dumps(before)}")


def _screen(engine: Engine) -> str:
    """Return the id of the one screen that is shown."""
    shown: list[str] = engine.evaluate(f"{SHOWN}.map(section => section.id)")
    assert len(shown) == 1
    return shown[0]
