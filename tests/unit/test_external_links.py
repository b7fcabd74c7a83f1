"""The addresses outside the site: asked by the real lychee, noted in a report, and told on the page for approval."""

from __future__ import annotations

import shutil
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from tests.project import edit

import build
import links
from procedure.blocks.outside import add_external_links
from procedure.derive.external_links import external_links
from procedure.model import Procedure, load_procedure
from procedure.publish.ask_links import Limits
from procedure.source.link_report import REPORT_PATH, Answer, Asked, LinkReport, read_link_report

_BASE = Path(__file__).parents[1] / "cases/base"
_QUICK = Limits(patience=2, interval=0.01, times=2, pause=0)
_DAY = date(2026, 11, 22)


class _Server(ThreadingHTTPServer):
    """Answers by the address's last word, and counts what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.address = f"http://127.0.0.1:{self.server_port}"
        self.asked: Counter[str] = Counter()
        self.agents: set[str] = set()
        self.at_once = self.most_at_once = 0
        self.hang = threading.Event()

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of whoever has stopped waiting."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        word = self.path.removeprefix("/")
        self.server.asked[word] += 1
        self.server.agents.add(str(self.headers["User-Agent"]))
        match word:
            case "haenger":
                # Later than anybody waits, and then as if nothing were wrong.
                self.server.hang.wait(10)
                self.send_response(200)
                self.end_headers()
            case "afbryder":
                self.wfile.write(b"HTTP/1.1 200 O")
                self.connection.shutdown(socket.SHUT_RDWR)
            case "flyttet" | "rundt" | "et-oejeblik":
                self.send_response(302 if word == "et-oejeblik" else 301)
                self.send_header("Location", "/rundt" if word == "rundt" else "/virker")
                self.end_headers()
            case _ if word.startswith("langsom"):
                self.server.at_once += 1
                self.server.most_at_once = max(self.server.most_at_once, self.server.at_once)
                self.server.hang.wait(0.1)
                self.server.at_once -= 1
                self.send_response(200)
                self.end_headers()
            case _:
                self.send_response(int(word) if word.isdigit() else 200)
                self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the library's name)
        pass


@contextmanager
def _serving() -> Iterator[_Server]:
    with _Server() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.hang.set()
        server.shutdown()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[_Server]:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    with _serving() as running:
        yield running


def _project(folder: Path, *addresses: str) -> Path:
    """Return a small project whose contact page leads to the addresses, and to nothing else outside."""
    root = Path(shutil.copytree(_BASE, folder))
    (root / "docs/mere/supplement.md").unlink()
    text = "".join(f"[Sted {number}]({address})\n\n" for number, address in enumerate(addresses, start=1))
    edit(root, "docs/kontakt.md", "Ring, hvis du er i tvivl.", f"Ring, hvis du er i tvivl.\n\n{text}")
    return root


def _report(root: Path) -> LinkReport:
    report, findings = read_link_report(root)
    assert report and not findings
    return report


def _answers(root: Path, server: _Server) -> dict[str, Asked]:
    return {address.removeprefix(f"{server.address}/"): asked for address, asked in _report(root).asked.items()}


def test_each_answer_is_what_it_is_and_what_may_pass_is_asked_once_more(
    server: _Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["virker", "flyttet", "et-oejeblik", "404", "410", "403", "500", "rundt", "haenger", "afbryder"]
    # Under another name: lychee lets whoever has been asked too much be for a while.
    busy = f"{server.address.replace('127.0.0.1', 'localhost')}/429"
    root = _project(tmp_path / "a", *(f"{server.address}/{word}" for word in words), busy, "https://sted.invalid/")
    today = date.today()
    assert links.main(["--root", str(root)], _QUICK) == 1
    assert _answers(root, server) == {
        "virker": Asked(Answer.WORKS),
        "flyttet": Asked(Answer.MOVED, to=f"{server.address}/virker"),
        "et-oejeblik": Asked(Answer.WORKS),
        "404": Asked(Answer.NOT_FOUND, said="404 Not Found", since=today),
        "410": Asked(Answer.NOT_FOUND, said="410 Gone", since=today),
        "403": Asked(Answer.REFUSED, said="403 Forbidden"),
        busy: Asked(Answer.FAILED, said="429 Too Many Requests", since=today),
        "500": Asked(Answer.FAILED, said="500 Internal Server Error", since=today),
        "rundt": Asked(Answer.FAILED, said="301 Moved Permanently", since=today),
        "haenger": Asked(Answer.SILENT, said="Request timed out", since=today),
        "afbryder": Asked(Answer.SILENT, said="Connection closed before response completed", since=today),
        "https://sted.invalid/": Asked(Answer.NOT_ASKED),
    }
    once = dict.fromkeys(("flyttet", "et-oejeblik", "404", "410", "403"), 1)
    assert server.asked.items() >= {**once, "429": 2, "500": 2, "haenger": 2, "afbryder": 2}.items()
    assert all("procedure-links" in agent and "lychee" in agent for agent in server.agents)
    said = capsys.readouterr().out
    assert f"{server.address}/404 (docs/kontakt.md): Findes ikke." in said
    assert "Svarer ikke programmer." in said


def test_a_server_is_asked_one_thing_at_a_time(server: _Server, tmp_path: Path) -> None:
    root = _project(tmp_path / "a", *(f"{server.address}/langsom-{number}" for number in range(5)))
    assert links.main(["--root", str(root)], _QUICK) == 0
    assert (server.most_at_once, server.asked.total()) == (1, 5)


def test_an_address_is_asked_once_however_often_it_is_written(server: _Server, tmp_path: Path) -> None:
    place = f"{server.address}/virker"
    root = _project(tmp_path / "a", place, f"{place}#her", f"{place}#der", "mailto:a@b.dk", "tel:+4512345678")
    assert links.main(["--root", str(root)], _QUICK) == 0
    assert server.asked == {"virker": 1}
    assert _answers(root, server) == {"virker": Asked(Answer.WORKS)}


def test_what_worked_within_the_day_is_not_asked_again_and_where_it_led_is_still_known(
    server: _Server, tmp_path: Path
) -> None:
    root = _project(tmp_path / "a", *(f"{server.address}/{word}" for word in ("virker", "flyttet", "404")))
    assert links.main(["--root", str(root)], _QUICK) == 1
    first, before = _report(root), server.asked.copy()
    assert links.main(["--root", str(root)], _QUICK) == 1
    assert server.asked - before == {"404": 1}
    assert _report(root).asked == first.asked


def test_an_address_is_broken_since_the_first_report_that_says_so(server: _Server, tmp_path: Path) -> None:
    root = _project(tmp_path / "a", *(f"{server.address}/{word}" for word in ("404", "500", "virker")))
    earlier = {
        f"{server.address}/404": Asked(Answer.SILENT, said="Request timed out", since=_DAY),
        f"{server.address}/500": Asked(Answer.WORKS),
        f"{server.address}/virker": Asked(Answer.NOT_FOUND, said="404 Not Found", since=_DAY),
    }
    (root / REPORT_PATH).write_text(LinkReport(_DAY, earlier).as_text(), "utf-8")
    assert links.main(["--root", str(root)], _QUICK) == 1
    since = {word: asked.since for word, asked in _answers(root, server).items()}
    assert since == {"404": _DAY, "500": date.today(), "virker": None}


def test_without_a_network_nothing_is_said_of_the_links(
    server: _Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        root = _project(tmp_path / "a", *(f"http://127.0.0.1:{nobody.getsockname()[1]}/{n}" for n in range(3)))
        assert links.main(["--root", str(root)], _QUICK) == 2
        assert not (root / REPORT_PATH).exists()
        assert capsys.readouterr().err.startswith("links.py: Ingen af de 3 adresser, der blev spurgt, svarede")
        # Nor does it help that others worked a moment ago.
        edit(root, "docs/kontakt.md", "[Sted 1]", f"[Sted 0]({server.address}/virker)\n\n[Sted 1]")
        assert links.main(["--root", str(root)], _QUICK) == 1
        before = (root / REPORT_PATH).read_bytes()
        server.asked.clear()
        assert links.main(["--root", str(root)], _QUICK) == 2
        assert (root / REPORT_PATH).read_bytes() == before
        assert not server.asked


def test_without_lychee_it_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = _project(tmp_path / "a", "https://sted.dk/")
    monkeypatch.setattr("sys.executable", str(tmp_path / "python"))
    assert links.main(["--root", str(root)], _QUICK) == 2
    assert "Kør make links" in capsys.readouterr().err
    assert links.main(["--root", str(tmp_path / "nowhere")], _QUICK) == 2


def test_a_page_that_leads_nowhere_outside_has_nothing_to_ask(tmp_path: Path) -> None:
    root = _project(tmp_path / "a")
    assert links.main(["--root", str(root)], _QUICK) == 0
    assert _section(load_procedure(root))[0] == "Siden har ingen links ud af sig selv."


def test_an_address_that_the_contract_makes_a_link_is_asked_about_where_an_instruction_has_it(tmp_path: Path) -> None:
    root = _project(tmp_path / "a")
    edit(root, "docs/kontakt.md", "Ring, hvis", "Skriv `sted.dk/anmeld`. Ring, hvis")
    (root / "docs/procedure.yml").open("a", encoding="utf-8").write("\naddresses:\n  - sted.dk/anmeld\n")
    assert not external_links(load_procedure(root))
    edit(root, "docs/faser/en.md", "- Spørg, hvad", "- Gå på sted.dk/anmeld, og spørg, hvad")
    found = external_links(load_procedure(root))
    assert {address: [page.path for page in pages] for address, pages in found.items()} == {
        "https://sted.dk/anmeld": ["docs/faser/en.md"]
    }


def _section(procedure: Procedure) -> list[str]:
    """Return what the page says: the summary, and each row of the table."""
    element = Element("div")
    add_external_links(element, procedure, "docs/mere")
    parts = [*element.findall("p"), *element.findall("table/tbody/tr")]
    return [" ".join(" ".join(part.itertext()).split()) for part in parts]


_STATES = {
    "https://a.dk/": (Asked(Answer.WORKS), None),
    "https://b.dk/": (
        Asked(Answer.MOVED, to="https://b.dk/ny/"),
        "Virker, men er flyttet. Ny adresse: https://b.dk/ny/",
    ),
    "https://c.dk/": (
        Asked(Answer.NOT_FOUND, said="404 Not Found", since=_DAY),
        "Findes ikke. Sådan har det været siden 22. november 2026. Besked: 404 Not Found",
    ),
    "https://d.dk/": (
        Asked(Answer.FAILED, said="500 Oh", since=_DAY),
        "Serveren fejlede. Sådan har det været siden 22. november 2026. Besked: 500 Oh",
    ),
    "https://e.dk/": (Asked(Answer.SILENT, since=_DAY), "Svarer ikke. Sådan har det været siden 22. november 2026."),
    "https://f.dk/": (
        Asked(Answer.REFUSED, said="403 No"),
        "Svarer ikke programmer. Se selv efter i en browser. Besked: 403 No",
    ),
    "https://g.dk/": (
        Asked(Answer.NOT_ASKED),
        "Er ikke spurgt: Det er ikke en adresse, som der kan spørges på.",
    ),
    "https://h.dk/": (None, "Er ikke spurgt endnu."),
}


def _asked_project(folder: Path) -> Path:
    """Return a small project with an address in each state, and one in the report that no page has any more."""
    root = _project(folder, *reversed(_STATES))
    asked = {address: answer for address, (answer, _) in _STATES.items() if answer}
    (root / REPORT_PATH).write_text(
        LinkReport(_DAY, {**asked, "https://x.dk/": Asked(Answer.WORKS)}).as_text(), "utf-8"
    )
    return root


def test_the_page_says_when_it_was_asked_and_what_each_that_does_not_work_said(tmp_path: Path) -> None:
    summary, *rows = _section(load_procedure(_asked_project(tmp_path / "a")))
    assert summary == (
        "8 adresser uden for siden. Senest spurgt 22. november 2026: 1 virker, 1 er flyttet, 1 findes ikke, "
        "1 fejler, 1 svarer ikke, 1 svarer ikke programmer, 1 er ikke spurgt, "
        "1 er nyt og ikke spurgt endnu."
    )
    assert rows == [f"{address} {said} Kontakt" for address, (_, said) in _STATES.items() if said]


def test_before_anybody_has_asked_the_page_says_so_and_names_no_link(tmp_path: Path) -> None:
    said = _section(load_procedure(_project(tmp_path / "a", *_STATES)))
    assert said == ["8 adresser uden for siden. Ingen har spurgt endnu, om de virker."]


def test_a_broken_link_stops_nothing_and_the_report_is_not_published(tmp_path: Path) -> None:
    root = Path(shutil.copytree(_BASE, tmp_path / "a"))
    edit(root, "mkdocs.yml", "  editions/\n", "  editions/\n  links-rapport.json\n")
    without = build.check(root, _DAY)
    [address] = external_links(load_procedure(root))
    gone = LinkReport(_DAY, {address: Asked(Answer.NOT_FOUND, said="404 Not Found", since=_DAY)})
    (root / REPORT_PATH).write_text(gone.as_text(), "utf-8")
    assert build.build(root, root / "site", _DAY) == without
    assert (root / "site/index.html").exists()
    assert not list((root / "site").rglob(Path(REPORT_PATH).name))


def test_the_report_is_read_as_it_was_written(tmp_path: Path) -> None:
    root = _asked_project(tmp_path / "a")
    text = (root / REPORT_PATH).read_text("utf-8")
    assert _report(root).as_text() == text


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('"answer": "works"', '"answer": "virker"', 5),
        ('"answer": "works"', '"answer": "works", "note": "x"', 5),
        ('"answer": "works"', '"answer": "works", "since": "2026-11-22"', 5),
        ('"address": "https://b.dk/"', '"address": "https://a.dk/"', 9),
        ('"to": "https://b.dk/ny/"', '"to": "javascript:alert(1)"', 9),
        ('"since": "2026-11-22"', '"since": "i går"', 14),
        ('"day": "2026-11-22"', '"day": "i går"', 3),
        ('"format": "procedure-links/1"', '"format": "x"', 1),
        ('"answer": "works"\n    },', '"answer": "works"\n    ', 5),
        ('"links": [', '"links": ["a", ', 4),
    ],
)
def test_a_damaged_report_is_a_finding_on_its_line(old: str, new: str, line: int, tmp_path: Path) -> None:
    root = _asked_project(tmp_path / "a")
    text = (root / REPORT_PATH).read_text("utf-8")
    assert old in text
    (root / REPORT_PATH).write_text(text.replace(old, new, 1), "utf-8")
    procedure = load_procedure(root)
    [finding] = [finding for finding in procedure.findings if finding.path == REPORT_PATH]
    assert (finding.code, finding.line, "make links" in finding.hint) == ("C12", line, True)
    assert procedure.link_report is None


@pytest.mark.parametrize(
    "written", [b"", b"[]", b"null", b"{", b"\xff", b"[" * 100, b'{"format": "procedure-links/1"}']
)
def test_whatever_stands_in_the_report_is_a_finding(written: bytes, tmp_path: Path) -> None:
    root = _project(tmp_path / "a")
    (root / REPORT_PATH).write_bytes(written)
    report, findings = read_link_report(root)
    assert report is None
    assert findings
