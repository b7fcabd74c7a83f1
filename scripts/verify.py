"""Says whether a copy of the site, in a folder or on a server, is whole and the newest edition.

Exit status: 0 it is, 1 it is not, 2 it could not be read.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from procedure import console
from procedure.publish.arguments import Parser, add_root
from procedure.publish.deployed import check_folder, check_server
from procedure.publish.swap import PublishError, not_done
from procedure.source.edition import read_editions

_ROOT = Path(__file__).resolve().parent.parent


def main(arguments: Sequence[str] | None = None) -> int:
    """Run with a folder or a web address, and return the exit status."""
    console.prepare()
    parser = Parser(prog="verify.py", description="Say whether a copy of the site is whole and the newest.")
    add_root(parser, _ROOT)
    parser.add_argument("places", nargs="*", metavar="DIR or URL", help="where the copy is")
    options = parser.parse_args(arguments)
    places = [place for place in options.places if place]
    if len(places) != 1:
        console.complain("verify.py: Sig, hvor kopien er: make verify DIR=mappe, eller make verify URL=https://…/")
        return 2
    [place] = places
    editions, _ = read_editions(options.root)
    edition = editions[0].name if editions else None
    try:
        is_address = place.startswith(("http://", "https://"))
        copy, faults = check_server(place, edition) if is_address else check_folder(Path(place), edition)
    except PublishError as error:
        console.complain(f"verify.py: {error}")
        return 2
    except OSError as error:
        console.complain(f"verify.py: {not_done(error, place)}")
        return 2
    for fault in faults:
        console.say(fault)
    console.say(
        f"Læg siden i {place} igen, som den er bygget af den nyeste udgave."
        if faults
        else f"{place} er hel og nyest. {_built_from(copy.commit)}"
    )
    return 1 if faults else 0


def _built_from(commit: str | None) -> str:
    return f"Den er bygget af {commit} i Git." if commit else "Den er bygget, før alt var gemt i Git."


if __name__ == "__main__":
    sys.exit(main())
