"""Every change of every word, from the source to a checklist, is found where it is."""

from __future__ import annotations

import pytest

from tests.letter import LEVELS, misses


@pytest.mark.parametrize("level", LEVELS)
def test_every_change_of_a_word_is_found_where_it_is(level: str, capsys: pytest.CaptureFixture[str]) -> None:
    rates, missed = misses(level, 1)
    with capsys.disabled():
        print(f"\n{level}: {rates}")
    assert missed == []
