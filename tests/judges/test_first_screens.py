"""What is seen without scrolling, in three browsers and at five sizes of window."""

from __future__ import annotations

import pytest

from tests.judges.engines import Engine
from tests.judges.sight import in_view

SIZES = [(360, 640), (375, 553), (390, 664), (412, 780), (1366, 650)]

EMERGENCY = "main a[href='tel:112']"
ITEMS = "main li[data-req]"
GUIDE = "article a[href='guide/']"
SHEET = "article a[href='tjeklister/lige-nu/']"


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("path", ["", "guide/", "kontakt/", "tjeklister/lige-nu/"])
def test_emergency_number_is_in_view(engine: Engine, address: str, path: str, size: tuple[int, int]) -> None:
    engine.open(address + path, *size)

    assert in_view(engine, EMERGENCY)[0]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_front_page_has_both_ways_in_view(engine: Engine, address: str, size: tuple[int, int]) -> None:
    engine.open(address, *size)

    assert in_view(engine, GUIDE)[0] and in_view(engine, SHEET)[0]


@pytest.mark.parametrize("size", [(360, 640), (1366, 650)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_front_page_has_its_first_items_in_view(engine: Engine, address: str, size: tuple[int, int]) -> None:
    engine.open(address, *size)

    assert in_view(engine, ITEMS)[:4] == [True] * 4


def test_guide_has_its_answers_in_view(engine: Engine, address: str) -> None:
    engine.open(f"{address}guide/", 360, 740)

    first = engine.evaluate("document.querySelector('.guide > section').id")
    answers = in_view(engine, f"#{first} [data-answer]")
    assert answers and all(answers)
