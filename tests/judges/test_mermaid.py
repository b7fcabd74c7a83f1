"""What the tests take Mermaid's word for is what Mermaid says: every stored reading is read anew."""

from __future__ import annotations

from tests.reference import read_anew, stored


def test_every_stored_reading_is_what_mermaid_reads() -> None:
    known = stored()
    assert len(known) > 50
    assert read_anew(known) == known
