"""What a person reads at the terminal: shown as well as the terminal can, and in the way of nothing."""

from __future__ import annotations

import codecs
import io
import os
import sys
from typing import TextIO

# What is written where a terminal has no Danish letters or signs; any other becomes a question mark.
_STAND_INS = {
    "æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa", "»": '"', "«": '"', "→": "->", "–": "-", "…": "...",
}  # fmt: skip
_ERRORS = "danish-stand-ins"


def prepare() -> None:
    """Make standard output and error take every letter, whatever the terminal can show."""
    codecs.register_error(_ERRORS, _stand_in)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_ERRORS)


def say(text: str, stream: TextIO | None = None) -> None:
    """Write the text on a line, at once. Nothing happens where the reader has left (a closed pipe).

    Raises `OSError` where it cannot be written for another reason.
    """
    stream = stream or sys.stdout
    try:
        print(text, file=stream, flush=True)
    except BrokenPipeError:
        _silence(stream)
    except OSError:
        # What waits to be written would fail once more, and with a traceback, when Python ends.
        _silence(stream)
        raise


def complain(text: str) -> None:
    """Write the text on a line of standard error, if that can be done at all."""
    try:
        say(text, sys.stderr)
    except OSError:
        return


def _stand_in(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    letters = error.object[error.start : error.end]
    return "".join(_STAND_INS.get(letter, "?") for letter in letters), error.end


def _silence(stream: TextIO) -> None:
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, stream.fileno())
    os.close(nothing)
