"""Asks the addresses outside the site whether they work, and writes the report that the site shows.

Exit status: 0 each leads somewhere, 1 one does not, 2 nothing could be asked; then the report is as it was.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from procedure import console
from procedure.derive.external_links import external_links, said_of, summary
from procedure.model import UnreadableTreeError, load_procedure
from procedure.publish.arguments import Parser, add_root
from procedure.publish.ask_links import Limits, ask_links
from procedure.publish.swap import PublishError, not_done, replace_file
from procedure.source.link_report import BROKEN, REPORT_PATH, Answer

_ROOT = Path(__file__).resolve().parent.parent
_PATIENT = Limits(patience=20, interval=2, times=2, pause=30)


def main(arguments: Sequence[str] | None = None, limits: Limits = _PATIENT) -> int:
    """Ask, write the report and return the exit status."""
    console.prepare()
    parser = Parser(prog="links.py", description="Ask whether the addresses outside the site work.")
    add_root(parser, _ROOT)
    root: Path = parser.parse_args(arguments).root.resolve()
    try:
        return _run(root, limits)
    except (UnreadableTreeError, PublishError) as error:
        console.complain(f"links.py: {error}")
    except OSError as error:
        console.complain(f"links.py: {not_done(error, root)}")
    except KeyboardInterrupt:
        console.complain("links.py: Stoppet, før alle var spurgt. Rapporten er, som den var.")
    return 2


def _run(root: Path, limits: Limits) -> int:
    procedure = load_procedure(root)
    links = external_links(procedure)
    console.say(f"Adresser uden for siden, der bliver spurgt: {len(links)}. Det kan tage nogle minutter.")
    report = ask_links(procedure, date.today(), limits)
    replace_file(root / REPORT_PATH, report.as_text().encode())
    for address, asked in report.asked.items():
        if asked.answer is not Answer.WORKS:
            where = ", ".join(page.path for page in links[address])
            told = " ".join(filter(None, (said_of(procedure.words, asked), asked.to, asked.said)))
            console.say(f"{address} ({where}): {told}")
    console.say(summary(load_procedure(root)))
    console.say(f"Skrevet i {REPORT_PATH}. Gem filen, og udgiv som altid: Så viser siden det samme.")
    return 1 if any(asked.answer in BROKEN for asked in report.asked.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
