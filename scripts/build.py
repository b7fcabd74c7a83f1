"""Checks the procedure, builds the site, checks what was built, and puts it in place.

Exit status: 0 nothing stops publishing, 1 a finding does, 2 it could not run.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NoReturn

from procedure.checks import check_source
from procedure.checks.built import check_built
from procedure.checks.changed import TO_BE_SAID
from procedure.findings import Finding, Severity, as_text, stops_publishing
from procedure.model import Procedure, UnreadableTreeError, load_procedure, read_site_address
from procedure.publish.swap import MARK, PublishError, new_site, replace_file, swap
from procedure.rendered import check_pages
from procedure.rendered.built import check_built_pages
from procedure.reports import FORMATS, read_more
from procedure.source.text import one_line, read_date

_ROOT = Path(__file__).resolve().parent.parent


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run with the command line's arguments and return the exit status."""
    options = _parse(arguments)
    root: Path = options.root
    site_dir: Path = options.site_dir or root / "site"
    today: date = options.today or date.today()
    told: list[str] = []
    try:
        if options.serve:
            _serve(root, site_dir, today)
            return 0
        written = _write(options, root, today)
        if written:
            print("Skrevet:", *(f"  {line}" for line in written), sep="\n")
            return 0
        if options.publish is not None:
            findings, told = publish(root, site_dir, today, options.publish, without_address=options.without_address)
        else:
            findings = check(root, today) if options.check else build(root, site_dir, today)
    except (UnreadableTreeError, PublishError) as error:
        print(f"build.py: {error}", file=sys.stderr)
        return 2
    if options.format in FORMATS:
        print(FORMATS[options.format](findings, read_site_address(root)))
    else:
        _print(findings, root, _verdict(findings, site_dir, only_checked=options.check))
        print(*told, sep="\n", end="\n" if told else "")
    return 1 if stops_publishing(findings) else 0


def build(root: Path, site_dir: Path, today: date, *, after_swap: Callable[[], object] = lambda: None) -> list[Finding]:
    """Build the project under `root` into `site_dir`, and return every finding.

    With an error among them `site_dir` is as it was; else `after_swap` is called when the site is in
    place. Raises `UnreadableTreeError` where there is no project, and `PublishError` where the site cannot
    be put in place.
    """
    procedure = load_procedure(root)
    findings = _checked(procedure, today)
    if stops_publishing(findings):
        return findings
    from procedure.publish.extras import write_derived  # noqa: PLC0415  (a check needs neither Typst nor MkDocs)
    from procedure.publish.site import build_site, theme_files  # noqa: PLC0415

    with new_site(site_dir) as building:
        findings += build_site(root, building)
        if not stops_publishing(findings):
            findings += write_derived(procedure, building)
        if not stops_publishing(findings):
            findings += check_built(building, site_dir.name, procedure, {*theme_files(), MARK})
            findings += check_built_pages(procedure, building)
        if not stops_publishing(findings):
            swap(building, site_dir)
            after_swap()
    return findings


def publish(
    root: Path, site_dir: Path, today: date, change: str, *, without_address: bool = False
) -> tuple[list[Finding], list[str]]:
    """Write today's addresses, sheets and edition, and build the site; return every finding, and what is new.

    `change` says what has changed since the last edition; where it is needed and empty, each change is an error.
    With an error both what was written before and `site_dir` are as they were. Raises as `build` does, and
    `PublishError` where the site has no address and nobody has said that it needs none.
    """
    procedure = load_procedure(root)
    if not procedure.site.address and not without_address:
        raise PublishError(
            "SITE_URL er ikke sat, så ark, QR-koder og 404-siden ikke kender sidens adresse. Kør fx SITE_URL=https://"
            "skoler.kommunen.dk/procedure/ make publish, eller make publish WITHOUT_ADDRESS=1, hvis den ingen skal have."
        )
    findings = _checked(procedure, today)
    changes = [finding for finding in findings if finding.code in TO_BE_SAID]
    others = [finding for finding in findings if finding.code not in TO_BE_SAID]
    if changes and not one_line(change):
        return sorted([*others, *(replace(finding, severity=Severity.ERROR) for finding in changes)]), []
    if stops_publishing(others):
        return findings, []
    from procedure.publish.publication import prepare, what_to_do  # noqa: PLC0415  (a check publishes nothing)

    publication = prepare(procedure, today, change, changes)
    written = {root / path: content for path, content in publication.files.items()}
    # The ledger comes first, so a run that is killed leaves it ahead of the site and never behind: then it
    # guards addresses that nobody has seen, and none that somebody has is left out.
    with contextlib.ExitStack() as undo:
        for file, content in written.items():
            undo.callback(replace_file, file, file.read_bytes() if file.exists() else None)
            replace_file(file, content)
        findings = build(root, site_dir, today, after_swap=undo.pop_all)
    done = not stops_publishing(findings)
    return findings, [*what_to_do(publication, site_dir, procedure.site.address)] if done else []


def check(root: Path, today: date) -> list[Finding]:
    """Return every fault in the source, and where a page would show another thing than the source says."""
    return _checked(load_procedure(root), today)


def _checked(procedure: Procedure, today: date) -> list[Finding]:
    findings = check_source(procedure, today)
    return sorted(findings + check_pages(procedure, findings))


def _write(options: argparse.Namespace, root: Path, today: date) -> list[str]:
    """Do what the commands that write in `docs/` ask for; return what was written, or nothing where none was given."""
    from procedure.publish.ledger_commands import KINDS, say_where  # noqa: PLC0415  (a check writes nothing)
    from procedure.publish.reviewed import review  # noqa: PLC0415

    if options.reviewed:
        return review(root, options.reviewed, today)
    kind = next((kind for kind in KINDS if getattr(options, kind)), None)
    return say_where(load_procedure(root), today, kind, getattr(options, kind)) if kind else []


def _serve(root: Path, site_dir: Path, today: date) -> None:
    from procedure.publish.site import serve_site  # noqa: PLC0415  (a check needs no generator)

    def rebuild() -> None:
        findings = build(root, site_dir, today)
        _print(findings, root, _verdict(findings, site_dir, only_checked=False))

    rebuild()
    try:
        serve_site(root, site_dir, rebuild)
    except OSError as error:
        raise PublishError(f"Forhåndsvisningen kan ikke starte på port 8000: {error.strerror}.") from error


def _print(findings: list[Finding], root: Path, verdict: str) -> None:
    """Print the report for a person: the findings, where their codes are explained, and what came of it."""
    parts = (as_text(findings), read_more(findings, read_site_address(root)), verdict)
    print("\n".join(part for part in parts if part), flush=True)


def _verdict(findings: list[Finding], site_dir: Path, *, only_checked: bool) -> str:
    if stops_publishing(findings):
        return f"Intet er udgivet. {site_dir} er, som den var."
    return "Alt det, der kan kontrolleres uden at bygge, er i orden." if only_checked else f"Siden ligger i {site_dir}."


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = _Parser(prog="build.py", description="Check the procedure and build its site.")
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
    parser.add_argument(
        "--without-address", action="store_true", help="publish although the site's address (SITE_URL) is not set"
    )
    parser.add_argument(
        "--root", type=Path, default=_ROOT, metavar="DIR", help="the project folder (the one with docs/)"
    )
    parser.add_argument("--site-dir", type=Path, metavar="DIR", help="where the site is put (ROOT/site)")
    parser.add_argument("--format", choices=("text", *FORMATS), default="text", help="how findings are printed")
    parser.add_argument("--today", type=_day, metavar="YYYY-MM-DD", help="the day that ages are counted from")
    options = parser.parse_args(arguments)
    options.root = options.root.resolve()
    if options.site_dir:
        options.site_dir = options.site_dir.absolute()
    return options


def _day(written: str) -> date:
    day = read_date(written)
    if day is None:
        raise argparse.ArgumentTypeError(f"»{written}« er ikke en dag; skriv den som 2026-11-22")
    return day


if __name__ == "__main__":
    sys.exit(main())
