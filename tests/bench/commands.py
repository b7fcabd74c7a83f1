"""What a measured command does that is no command of the project: each is run as a program of its own."""

from __future__ import annotations

import gzip
import json
import runpy
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import brotli

from procedure import model
from procedure.checks.built import check_built
from procedure.outputs import table
from procedure.source.tree import files_under

_ROOT = Path(__file__).parents[2]
_COMPRESSED = "de pakkede filer"


def without_limit(arguments: Sequence[str]) -> None:
    """Run the build command on as many pages as there are."""
    model._MOST_PAGES = model._MOST_TEXT = sys.maxsize
    _build(arguments)


def without_compression(arguments: Sequence[str]) -> None:
    """Run the build command without what it compresses."""
    kept = tuple(output for output in table.OUTPUTS if output.name != _COMPRESSED)
    assert len(kept) < len(table.OUTPUTS)
    table.OUTPUTS = kept  # type: ignore[assignment]
    _build(arguments)


def each_output(arguments: Sequence[str]) -> None:
    """Run the build command, and print on the last line what each output took: seconds by its name, as JSON."""
    took = dict.fromkeys((output.name for output in table.OUTPUTS), 0.0)

    def timed(name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def run(*about: object) -> list[object]:
            begun = perf_counter()
            said = list(work(*about) or ())
            took[name] += perf_counter() - begun
            return said

        return run

    table.OUTPUTS = tuple(  # type: ignore[assignment]
        output._replace(write=timed(output.name, output.write), check=output.check and timed(output.name, output.check))
        for output in table.OUTPUTS
    )
    try:
        _build(arguments)
    finally:
        # The build ends the program, with its own exit status.
        print(json.dumps(took))


def pages_new(arguments: Sequence[str]) -> None:
    """Run the build command as if each page were another than last time: nothing is kept of how it is compressed."""
    kept = [(file, file.read_bytes()) for file in Path(arguments[0]).iterdir()]
    pages = [
        file
        for file, data in kept
        if (brotli.decompress if ".brotli-" in file.name else gzip.decompress)(data).lstrip().startswith(b"<!doctype")
    ]
    assert len(pages) > 2
    for file in pages:
        file.unlink()
    _build(arguments[1:])


def read_built(arguments: Sequence[str]) -> None:
    """Read a built site as the build does, and print the seconds it took: on the clock, and of all processors."""
    site = Path(arguments[0])
    procedure = model.load_procedure(_ROOT)
    files = files_under(site)
    begun = perf_counter(), process_time()
    check_built(site, "site", procedure, files)
    print(perf_counter() - begun[0], process_time() - begun[1])


def _build(arguments: Sequence[str]) -> None:
    """Run the build command in this program, and end with it."""
    command = _ROOT / "scripts/build.py"
    sys.argv = [str(command), *arguments]
    runpy.run_path(str(command), run_name="__main__")


_COMMANDS = {
    "without-limit": without_limit,
    "without-compression": without_compression,
    "each-output": each_output,
    "pages-new": pages_new,
    "read-built": read_built,
}

if __name__ == "__main__":
    _COMMANDS[sys.argv[1]](sys.argv[2:])
