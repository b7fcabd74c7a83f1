"""The preview: the findings on the page being edited, over the last good version."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import build
from procedure.findings import Finding, Severity
from procedure.publish import preview
from procedure.publish.notice import Notice, with_notice
from procedure.publish.swap import PublishError

_PAGE = b'<html><body dir="ltr"><h1>x</h1></body></html>'
_FAULT = Finding("docs/faser/en.md", 7, "F02", "Spørgsmålet »<b>« har ét svar.", "Giv det & et til.")
_ELSEWHERE = Finding("mkdocs.yml", 3, "P29", "Navigationen er forkert.", "Ret den.")
_WARNING = Finding("docs/index.md", 1, "C08", "Siden er gammel.", "Læs den.", Severity.WARNING)


def _page(address: str, *findings: Finding, trouble: str = "") -> str:
    return with_notice(_PAGE, Notice(findings, trouble), address).decode()


@pytest.mark.parametrize("address", ["faser/en/", "faser/en/index.html"])
def test_a_finding_stands_on_the_page_that_is_made_of_its_file_as_text(address: str) -> None:
    page = _page(address, _FAULT)
    assert page.startswith('<html><body dir="ltr"><style>')
    assert page.endswith("</section><h1>x</h1></body></html>")
    assert "1 fejl på denne side. Det, du ser, er siden, som den var" in page
    assert "<b>docs/faser/en.md:7 F02</b> Spørgsmålet »&lt;b&gt;« har ét svar.<br>→ Giv det &amp; et til." in page


def test_a_fault_elsewhere_is_counted_and_listed_on_every_page() -> None:
    page = _page("faser/en/", _FAULT, _ELSEWHERE)
    assert "1 fejl på denne side. 1 fejl andre steder." in page
    assert "<b>mkdocs.yml:3 P29</b> Navigationen er forkert." in page
    assert "1 fejl andre steder. Det, du ser" in _page("kontakt/", _ELSEWHERE)


def test_a_warning_stands_on_its_own_page_only_and_that_page_is_new() -> None:
    assert "1 advarsel på denne side." in _page("", _WARNING)
    assert "som den var" not in _page("", _WARNING)
    assert _page("kontakt/", _WARNING) == _PAGE.decode()


def test_what_keeps_the_site_from_being_built_stands_on_every_page() -> None:
    assert "Disken er fuld. Det, du ser, er siden, som den var" in _page("kontakt/", trouble="Disken er fuld.")


def test_without_findings_the_page_is_as_it_was() -> None:
    assert _page("faser/en/") == _PAGE.decode()


def _read(app: Callable[..., Iterable[bytes]], path: str) -> tuple[str, str]:
    said: list[str] = []
    environment: dict[str, Any] = {"PATH_INFO": path, "REQUEST_METHOD": "GET"}
    body = b"".join(app(environment, lambda status, _headers: said.append(status)))
    return said[0], body.decode()


@contextmanager
def _served(site: Path, mount: str, notice: Notice) -> Iterator[Callable[[str], tuple[str, str]]]:
    shown = preview._Preview(lambda: notice)
    shown.build()
    with preview._server(shown, site.parent, site, mount, 0) as server:
        app = server.get_app()
        assert app is not None
        yield lambda path: _read(app, path)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    (site / "faser/en").mkdir(parents=True)
    (site / "faser/en/index.html").write_bytes(_PAGE)
    (site / "404.html").write_text("<body>Siden findes ikke</body>")
    (site / "site.css").write_text("p {}")
    return site


@pytest.mark.parametrize("mount", ["/", "/kraenkelser/"])
def test_an_address_of_nothing_shows_the_404_page_with_what_is_wrong(site: Path, mount: str) -> None:
    with _served(site, mount, Notice([_FAULT])) as read:
        for path in (f"{mount}findes/ikke/", f"{mount}x.html", "/helt/andet"):
            status, body = read(path)
            assert status == "404 Not Found"
            assert "Siden findes ikke" in body
            assert "1 fejl andre steder" in body
        status, body = read(f"{mount}faser/en/")
        assert status == "200 OK"
        assert "1 fejl på denne side" in body
        assert "livereload" in body
        assert read(f"{mount}site.css") == ("200 OK", "p {}")


def test_nothing_of_it_is_written_in_the_site_that_is_shown(site: Path) -> None:
    with _served(site, "/", Notice([_FAULT])) as read:
        read("/faser/en/")
    assert (site / "faser/en/index.html").read_bytes() == _PAGE


def test_the_watch_sees_the_sources_and_nothing_else(tmp_path: Path) -> None:
    for name in ("docs", "overrides", "site", ".preview", ".venv", "docs.gammel"):
        (tmp_path / name).mkdir()
    (tmp_path / "mkdocs.yml").touch()
    (tmp_path / "docs/site").touch()
    listed = preview._sources_only(tmp_path)
    assert sorted(entry.name for entry in listed(str(tmp_path))) == ["docs", "mkdocs.yml", "overrides"]
    assert [entry.name for entry in listed(str(tmp_path / "docs"))] == ["site"]


def test_a_port_that_is_taken_is_said_before_anything_is_built(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(PublishError, match="er optaget"):
        port = taken.getsockname()[1]
        preview.serve(tmp_path, tmp_path / "site", "/", _never, print, port=port)


def _never() -> Notice:
    raise AssertionError


@pytest.mark.parametrize("fault", [KeyError("x"), PublishError("Disken er fuld."), OSError("væk")])
def test_a_fault_in_a_rebuild_is_a_notice_and_the_preview_goes_on(
    fault: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_args: object, **_options: object) -> list[Finding]:
        raise fault

    def serve(*arguments: Any, **_options: object) -> None:
        notice = arguments[3]()
        assert notice.is_old
        assert str(fault) in notice.trouble

    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: x")
    monkeypatch.setattr(build, "build", fail)
    monkeypatch.setattr(preview, "serve", serve)
    build.serve(tmp_path, tmp_path / "site", lambda: date(2026, 11, 22), 1)
    assert "Forhåndsvisningen er som den var." in capsys.readouterr().out
