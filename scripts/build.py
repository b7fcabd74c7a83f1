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
from procedure.checks.ledger import CHANGED_SHEET
from procedure.derive.published import ChangeNotSaidError, updated_ledger
from procedure.findings import Finding, Severity, as_text, stops_publishing
from procedure.model import Procedure, UnreadableTreeError, load_procedure, read_site_address
from procedure.publish.swap import MARK, PublishError, new_site, replace_file, swap
from procedure.rendered import check_pages
from procedure.reports import FORMATS, read_more
from procedure.source.ledger import LEDGER_PATH
from procedure.source.text import read_date

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
    try:
        if options.serve:
            _serve(root, site_dir, today)
            return 0
        if options.publish is not None:
            findings = publish(root, site_dir, today, options.publish)
        else:
            findings = check(root, today) if options.check else build(root, site_dir, today)
    except (UnreadableTreeError, PublishError, ChangeNotSaidError) as error:
        print(f"build.py: {error}", file=sys.stderr)
        return 2
    if options.format in FORMATS:
        print(FORMATS[options.format](findings, read_site_address(root)))
    else:
        _print(findings, root, _verdict(findings, site_dir, only_checked=options.check))
    return 1 if stops_publishing(findings) else 0


def build(
    root: Path, site_dir: Path, today: date, *, preview: bool = False, after_swap: Callable[[], object] = lambda: None
) -> list[Finding]:
    """Build the project under `root` into `site_dir`, and return every finding.

    With an error among them `site_dir` is as it was; else `after_swap` is called when the site is in
    place. In a preview a sheet may be newer than its published version, and says so. Raises
    `UnreadableTreeError` where there is no project, and `PublishError` where the site cannot be put in
    place.
    """
    procedure = load_procedure(root)
    findings = _checked(procedure, today)
    if preview:
        findings = [replace(f, severity=Severity.WARNING) if f.code == CHANGED_SHEET else f for f in findings]
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
        if not stops_publishing(findings):
            swap(building, site_dir)
            after_swap()
    return findings


def publish(root: Path, site_dir: Path, today: date, change: str) -> list[Finding]:
    """Write today's addresses and sheets into the ledger, and build the site; return every finding.

    With an error among them both the ledger and `site_dir` are as they were. Raises as `build` does,
    and `ChangeNotSaidError` where a sheet has changed and `change` is empty.
    """
    procedure = load_procedure(root)
    findings = [f for f in _checked(procedure, today) if f.code != CHANGED_SHEET]
    if stops_publishing(findings):
        return findings
    file = root / LEDGER_PATH
    before = file.read_bytes() if file.exists() else None
    after = updated_ledger(procedure, today, change).as_text().encode()
    if after == before:
        return build(root, site_dir, today)
    # The ledger comes first, so a run that is killed leaves it ahead of the site and never behind: then it
    # guards addresses that nobody has seen, and none that somebody has is left out.
    with contextlib.ExitStack() as undo:
        undo.callback(replace_file, file, before)
        replace_file(file, after)
        return build(root, site_dir, today, after_swap=undo.pop_all)


def check(root: Path, today: date) -> list[Finding]:
    """Return every fault in the source, and where a page would show another thing than the source says."""
    return _checked(load_procedure(root), today)


def _checked(procedure: Procedure, today: date) -> list[Finding]:
    findings = check_source(procedure, today)
    return sorted(findings + check_pages(procedure, findings))


def _serve(root: Path, site_dir: Path, today: date) -> None:
    from procedure.publish.site import serve_site  # noqa: PLC0415  (a check needs no generator)

    def rebuild() -> None:
        findings = build(root, site_dir, today, preview=True)
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
        help="build, and put today's addresses and sheets in the ledger; CHANGE says what is new on the sheets",
    )  # fmt: skip
    what.add_argument(
        "--serve", action="store_true", help="build, show the site on this machine, and again at each save"
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
