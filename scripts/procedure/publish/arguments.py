"""What `scripts/build.py` is asked on the command line, and what all programs are: which project they are about."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NoReturn

from procedure.reports import FORMATS
from procedure.source.text import read_date


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence."""

    def error(self, message: str) -> NoReturn:
        """End with it, and exit status 2."""
        self.exit(2, f"{self.prog}: {message}\n")


def parse(arguments: Sequence[str] | None, root: Path) -> argparse.Namespace:
    """Return what is asked for, with paths that stand alone; `root` is the project where none is named.

    What cannot be understood is one sentence, and exit status 2.
    """
    parser = Parser(prog="build.py", description="Check the procedure and build its site.")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--check", action="store_true", help="check the source only; build nothing")
    what.add_argument(
        "--publish", nargs="?", const="", metavar="CHANGE",
        help="build, and note what is published today; CHANGE says what is new since the last edition",
    )  # fmt: skip
    what.add_argument(
        "--serve", action="store_true", help="build, show the site on this machine, and again at each save"
    )
    what.add_argument("--moved", nargs=2, metavar=("OLD", "NEW"), help="a page, place or sheet has a new address")
    what.add_argument(
        "--renamed", nargs=2, metavar=("OLD", "NEW"), help="a name in addresses is new: write all that follow from it"
    )
    what.add_argument("--retired", nargs="+", metavar=("OLD", "WHERE"), help="what stood at an address is no more")
    what.add_argument("--reviewed", nargs="+", metavar="PAGE", help="write on pages that they were read today")
    what.add_argument(
        "--new", type=Path, metavar="DIR", help="write another procedure into an empty folder, to be made one's own"
    )
    parser.add_argument(
        "--without-address", action="store_true", help="publish although the site's address (SITE_URL) is not set"
    )
    add_root(parser, root)
    parser.add_argument("--site-dir", type=Path, metavar="DIR", help="where the site is put (ROOT/site)")
    parser.add_argument("--format", choices=("text", *FORMATS), default="text", help="how findings are printed")
    parser.add_argument("--today", type=_day, metavar="YYYY-MM-DD", help="the day that ages are counted from")
    options = parser.parse_args(arguments)
    options.root = options.root.resolve()
    if options.site_dir:
        options.site_dir = options.site_dir.absolute()
    return options


def add_root(parser: argparse.ArgumentParser, root: Path) -> None:
    """Let the project be named; `root` is it where none is."""
    parser.add_argument(
        "--root", type=Path, default=root, metavar="DIR", help="the project folder (the one with docs/)"
    )


def _day(written: str) -> date:
    day = read_date(written)
    if day is None:
        raise argparse.ArgumentTypeError(f"»{written}« er ikke en dag; skriv den som 2026-11-22")
    return day
