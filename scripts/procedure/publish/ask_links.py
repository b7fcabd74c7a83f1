"""Asks the addresses outside the site whether they work, by lychee, and politely: few at a time, and with pauses."""

from __future__ import annotations

import html
import itertools
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from http import HTTPStatus
from pathlib import Path
from typing import Any

from procedure.derive.external_links import external_links
from procedure.model import Procedure
from procedure.publish.swap import PublishError
from procedure.source.link_report import BROKEN, Answer, Asked, LinkReport
from procedure.source.text import one_line

# Where lychee keeps what has worked, from the project root.
_CACHE = ".cache/links"
_OPTIONS = (
    "--user-agent=procedure-links/1.0 (asks whether the links of a school's procedure work; lychee)",
    "--max-concurrency=8",
    "--host-concurrency=1",
    "--max-redirects=5",
    # It asks again where there was no answer, and not where a server failed: here both are, after a longer pause.
    "--max-retries=0",
    "--cache",
    "--max-cache-age=1d",
)
# What lychee says of an address: it has asked it lately, it never asks such ones, and what the server answered.
_CACHED, _LEFT_OUT = "OK (cached)", "Excluded"
_REJECTED = "Rejected status code: "
_FOR_GOOD = (HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT)
_GONE = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
_BUSY = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS)
# What may be otherwise in a moment.
_PASSING = (Answer.FAILED, Answer.SILENT)

_Row = Mapping[str, Any]


@dataclass(frozen=True)
class Limits:
    """How patiently, in seconds: for one answer, and between two requests to one server.

    An address that fails is asked `times` times in all, with a `pause` between.
    """

    patience: int
    interval: float
    times: int
    pause: float


def ask_links(procedure: Procedure, today: date, limits: Limits) -> LinkReport:
    """Ask each address that the procedure's pages lead to, and return the report of today.

    What worked within the last day is not asked again. Raises `PublishError` where lychee cannot ask, or where nothing
    that was asked answered: then it is the network here that is missing, and a report would call every link dead.
    """
    before = procedure.link_report.asked if procedure.link_report else {}
    found: dict[str, Asked] = {}
    left = list(external_links(procedure))
    for times in range(limits.times):
        if not left:
            break
        if times:
            time.sleep(limits.pause)
        rows = _lychee(left, procedure.root / _CACHE, limits)
        if times == 0:
            _refuse_silence([row["status"] for row in rows.values()])
        found |= {address: _answer(row, before.get(address)) for address, row in rows.items()}
        left = [address for address in left if found[address].answer in _PASSING]
    return LinkReport(
        today, {address: _with_day(asked, before.get(address), today) for address, asked in found.items()}
    )


def _lychee(addresses: Sequence[str], folder: Path, limits: Limits) -> dict[str, _Row]:
    """Return what lychee says of each address. It keeps what has worked in the folder."""
    program = shutil.which("lychee", path=str(Path(sys.executable).parent))
    if program is None:
        raise PublishError("lychee, som spørger, er ikke sat op. Kør make links, der henter den.")
    folder.mkdir(parents=True, exist_ok=True)
    times = f"--timeout={limits.patience}", f"--host-request-interval={round(limits.interval * 1000)}ms"
    run = subprocess.run(
        [program, *_OPTIONS, *times, "--format=json", "--verbose", "--no-progress", "--default-extension=html", "-"],
        input="".join(f'<a href="{html.escape(address)}"></a>\n' for address in addresses),
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=folder,
        # It would show whoever is asked what opens this machine's account there.
        env={name: value for name, value in os.environ.items() if name != "GITHUB_TOKEN"},
    )
    try:
        said = json.loads(run.stdout)
    except ValueError as error:
        raise PublishError(f"lychee kunne ikke spørge: {one_line(run.stderr)}") from error
    maps = (said[name].values() for name in ("success_map", "error_map", "timeout_map", "excluded_map"))
    rows = itertools.chain.from_iterable(itertools.chain.from_iterable(maps))
    return {addresses[row["span"]["line"] - 1]: row for row in rows}


def _refuse_silence(statuses: Iterable[_Row]) -> None:
    fresh = [status for status in statuses if status["text"] not in (_CACHED, _LEFT_OUT)]
    if fresh and not any("code" in status for status in fresh):
        raise PublishError(
            f"Ingen af de {len(fresh)} adresser, der blev spurgt, svarede, så det er nok nettet her, der mangler. "
            "Rapporten er, som den var. Se efter, om maskinen må hente sider fra nettet, og kør igen."
        )


def _answer(row: _Row, before: Asked | None) -> Asked:
    """Return what came of asking an address; `before` is what the last report said of it."""
    status, hops = row["status"], row.get("redirects", {}).get("redirects", [])
    text, code = status["text"], status.get("code", 0)
    if text == _CACHED:
        # That it works is all that is kept; where it led, the report knows.
        return before if before and before.answer is Answer.MOVED else Asked(Answer.WORKS)
    if text == _LEFT_OUT:
        return Asked(Answer.NOT_ASKED)
    said = text.removeprefix(_REJECTED) if code else one_line(status.get("details", text))
    if not code:
        return Asked(Answer.SILENT, said=said)
    if HTTPStatus.OK <= code < HTTPStatus.MULTIPLE_CHOICES:
        moves = [*itertools.takewhile(lambda hop: hop["code"] in _FOR_GOOD, hops)]
        return Asked(Answer.MOVED, to=moves[-1]["url"]) if moves else Asked(Answer.WORKS)
    if code in _GONE:
        return Asked(Answer.NOT_FOUND, said=said)
    is_refused = HTTPStatus.BAD_REQUEST <= code < HTTPStatus.INTERNAL_SERVER_ERROR and code not in _BUSY
    return Asked(Answer.REFUSED if is_refused else Answer.FAILED, said=said)


def _with_day(asked: Asked, before: Asked | None, today: date) -> Asked:
    """Return the answer with the day since which the address is broken, where it is."""
    if asked.answer not in BROKEN:
        return asked
    return replace(asked, since=before.since if before and before.since else today)
