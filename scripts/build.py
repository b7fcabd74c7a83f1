"""Checks the procedure, builds the site, checks what was built, and puts it in place.

Exit status: 0 nothing stops publishing, 1 a finding does, 2 it could not run or was stopped.
"""

from __future__ import annotations

import gc
import signal

if __name__ == "__main__":
    # Next to nothing here refers to itself in a ring: looking for that at the usual rate is a tenth of a check.
    gc.set_threshold(1_000_000)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        # Until it can say so in a sentence, Ctrl-C ends it without a word.
        signal.signal(signal.SIGINT, signal.SIG_DFL)

import argparse
import contextlib
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from procedure import console

try:
    from procedure.checks import check_source
    from procedure.checks.built import check_built
    from procedure.checks.changed import TO_BE_SAID
    from procedure.codes import page_path
    from procedure.derive.published import MARK
    from procedure.findings import Finding, Severity, as_text, stops_publishing
    from procedure.model import SOURCES, Procedure, UnreadableTreeError, load_procedure
    from procedure.publish.arguments import parse
    from procedure.publish.rights import refuse_what_cannot_be_replaced
    from procedure.publish.stamps import refuse_changes, with_files
    from procedure.publish.swap import PublishError, new_site, not_done, replace_file, swap, uninterrupted
    from procedure.rendered import check_pages
    from procedure.rendered.built import check_built_page
    from procedure.reports import FORMATS, read_more
    from procedure.source.config import read_site_address
    from procedure.source.text import one_line
    from procedure.source.tree import Stamps, read_stamps
except ImportError as error:
    if __name__ != "__main__":
        raise
    console.prepare()
    console.complain(
        f"build.py: {error.name} er ikke sat op i denne Python. Kør make først, og så .venv/bin/python scripts/build.py."
    )
    sys.exit(2)

_ROOT = Path(__file__).resolve().parent.parent
# The preview has a folder of its own: site/ is only ever what was built to be published.
_PREVIEW = ".preview/site"
_PORT = 8000


def main(arguments: Sequence[str] | None = None) -> int:
    """Run with the command line's arguments and return the exit status."""
    console.prepare()
    try:
        if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        return _run(arguments)
    except (UnreadableTreeError, PublishError) as error:
        console.complain(f"build.py: {error}")
    except OSError as error:
        console.complain(f"build.py: {not_done(error, _ROOT)}")
    except KeyboardInterrupt:
        console.complain("build.py: Stoppet, før noget var udgivet. Siden er, som den var.")
    return 2


def _run(arguments: Sequence[str] | None) -> int:
    _refuse_vanished_folder()
    options = parse(arguments, _ROOT)
    root: Path = options.root
    if options.serve:
        serve(root, options.site_dir or root / _PREVIEW, lambda: options.today or date.today(), _PORT)
        return 0
    if options.new:
        from procedure.publish.new_project import new_project  # noqa: PLC0415  (a check writes nothing)

        new_project(options.new)
        console.say(f"Skrevet i {options.new}. Byg siden: .venv/bin/python scripts/build.py --root {options.new}")
        return 0
    site_dir: Path = options.site_dir or root / "site"
    today: date = options.today or date.today()
    told: list[str] = []
    written = _write(options, root, today)
    if written:
        console.say("\n".join(("Skrevet:", *(f"  {line}" for line in written))))
        return 0
    if options.publish is not None:
        findings, told = publish(root, site_dir, today, options.publish, without_address=options.without_address)
    else:
        findings = check(root, today) if options.check else build(root, site_dir, today)
    verdict = _verdict(findings, site_dir, only_checked=options.check)
    # A site without the pages about the codes leads to none: they are in this checkout.
    address = read_site_address(root) if (root / page_path("P")).exists() else ""
    report = (
        FORMATS[options.format](findings, address)
        if options.format in FORMATS
        else _report(findings, address, verdict, *told)
    )
    try:
        console.say(report)
    except OSError as error:
        raise PublishError(f"{not_done(error, 'Rapporten')} {verdict}") from error
    except KeyboardInterrupt as error:
        raise PublishError(f"Stoppet, mens rapporten blev skrevet. {verdict}") from error
    return 1 if stops_publishing(findings) else 0


def build(
    root: Path,
    site_dir: Path,
    today: date,
    *,
    stamps: Stamps | None = None,
    after_swap: Callable[[], object] = lambda: None,
) -> list[Finding]:
    """Build the project under `root` into `site_dir`, and return every finding.

    With an error among them `site_dir` is as it was; else `after_swap` is called when the site is in
    place. `stamps` are those of the source as it was first read, where that is before now. Raises
    `UnreadableTreeError` where there is no project, and `PublishError` where the site cannot be put in place or
    the source has changed meanwhile.
    """
    refuse_what_cannot_be_replaced(site_dir)
    stamps = stamps or read_stamps(root, SOURCES)
    procedure = load_procedure(root)
    findings = _checked(procedure, today)
    if stops_publishing(findings):
        return findings
    from procedure.outputs.table import check_outputs, output_files, write_outputs  # noqa: PLC0415  (a check needs no Typst)
    from procedure.publish.site import build_site, theme_files  # noqa: PLC0415  (nor MkDocs)

    with contextlib.ExitStack() as settled, new_site(site_dir) as building:
        findings += build_site(procedure, building)
        if not stops_publishing(findings):
            findings += write_outputs(procedure, building)
        if not stops_publishing(findings):
            said = partial(check_built_page, procedure)
            beside = {*theme_files(), *output_files(procedure, building), MARK}
            findings += check_built(building, site_dir.name, procedure, beside, said)
        if not stops_publishing(findings) and (faults := check_outputs(procedure, building)):
            raise PublishError("\n".join(("Det er programmet, der skal rettes, ikke dine filer:", *faults)))
        refuse_changes(stamps, root)
        if not stops_publishing(findings):
            # Ctrl-C then comes before all of it or after all of it.
            settled.enter_context(uninterrupted())
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
    refuse_what_cannot_be_replaced(site_dir, root / "docs", root / "docs/editions")
    stamps = read_stamps(root, SOURCES)
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
        stamps = with_files(stamps, root, publication.files)
        findings = build(root, site_dir, today, stamps=stamps, after_swap=undo.pop_all)
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


def serve(root: Path, site_dir: Path, today: Callable[[], date], port: int) -> None:
    """Show on this machine what would be published from `root`, built into `site_dir`, until Ctrl-C.

    Raises `PublishError` where the port is taken, and `UnreadableTreeError` where there is no project.
    """
    from procedure.publish import preview  # noqa: PLC0415  (a check needs no generator)
    from procedure.publish.notice import Notice  # noqa: PLC0415

    def tell(text: str) -> None:
        with contextlib.suppress(OSError):
            console.say(text)

    def rebuild() -> Notice:
        try:
            notice = Notice(build(root, site_dir, today()))
            report = _report(notice.findings, "")
        except (UnreadableTreeError, PublishError) as error:
            notice, report = Notice(trouble=str(error)), f"build.py: {error}"
        except Exception as error:  # the preview goes on, whatever one save has led to
            notice = Notice(trouble=f"Siden kan ikke bygges: {type(error).__name__}: {one_line(str(error))}")
            report = f"build.py: {notice.trouble}"
        tell(f"{report}\nForhåndsvisningen er {'som den var' if notice.is_old else 'ny'}.")
        return notice

    mount = urlsplit(load_procedure(root).site.address).path or "/"
    started = "Se siden på {}. Den bliver ny, hver gang du gemmer. Stop med Ctrl-C."
    preview.serve(root, site_dir, mount, rebuild, lambda url: tell(started.format(url)), port=port)


def _report(findings: Sequence[Finding], address: str, *told: str) -> str:
    """Return the report for a person: the findings, where their codes are explained, and what came of it."""
    return "\n".join(part for part in (as_text(findings), read_more(findings, address), *told) if part)


def _verdict(findings: list[Finding], site_dir: Path, *, only_checked: bool) -> str:
    if stops_publishing(findings):
        return f"Intet er udgivet. {site_dir} er, som den var."
    return "Alt det, der kan kontrolleres uden at bygge, er i orden." if only_checked else f"Siden ligger i {site_dir}."


def _refuse_vanished_folder() -> None:
    try:
        os.getcwd()  # noqa: PTH109  (nothing but whether there is one)
    except OSError as error:
        raise PublishError("Mappen, du står i, findes ikke mere. Gå til en anden, og kør igen.") from error


if __name__ == "__main__":
    status = main()
    if "--check" in sys.argv:
        # Nor is it looked for once more at the end, a tenth of a check too: all of it goes with the process.
        # (A build lets go of it in order, or what draws the diagrams says that it has not.)
        gc.freeze()
    sys.exit(status)
