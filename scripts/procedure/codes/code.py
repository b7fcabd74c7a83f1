"""What is said of a finding code, whatever the place it was found."""

from __future__ import annotations

from typing import NamedTuple


class Code(NamedTuple):
    """A row of the table: Danish, for an editor. `title` is the fault in a few words.

    `meaning` says what a reader of the site would have met, `mend` how it is put right; both are Markdown.
    """

    title: str
    meaning: str
    mend: str
