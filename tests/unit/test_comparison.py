"""What has become of a text is told so that the difference is seen."""

from __future__ import annotations

import pytest

from procedure.derive.comparison import text_changes

_LONG = "Ønsker den krænkede ikke at anmelde sagen: " + "De kan tage kontakt til SSP. " * 6


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("gammelt", "nyt", "»gammelt« → »nyt«"),
        (f"{_LONG}(21278974)", f"{_LONG}(21278975)", "»…(21278974)« → »…(21278975)«"),
        (_LONG.strip(), f"{_LONG}(21278975)", "»…SSP.« → »…SSP. (21278975)«"),
    ],
)
def test_what_is_told_of_a_change_holds_what_differs(old: str, new: str, told: str) -> None:
    assert text_changes((old,), (new,)) == [told]
