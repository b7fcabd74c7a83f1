"""Debian's own nginx and Apache serve the site as the files say that it brings along, at a host's root and under a path."""

from __future__ import annotations

import gzip
import itertools
import json
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

import brotli
import pytest

from procedure.derive.policy import as_text
from procedure.outputs.compressed import KINDS
from procedure.outputs.policies import with_policy
from procedure.outputs.redirects import lead_on
from procedure.outputs.servers import SERVER_FILES, header_policy
from procedure.publish.deployed import check_server
from procedure.source.tree import files_under
from procedure.words import DANISH
from tests.browser.stage import every_path
from tests.judges.engines import start_chromium
from tests.judges.servers import SERVERS, Answer, ask, serving
from tests.judges.test_policy import WATCH
from tests.project import ADDRESS

_UNPACKED: dict[str, Callable[[bytes], bytes]] = {"br": brotli.decompress, "gzip": gzip.decompress}
_ENDINGS = {"br": "br", "gzip": "gz"}
_HASHED = "assets/javascripts/bundle.*.min.js"
_OLD = "foer/"
_HOST = "intranet.eksempel.invalid"


class Served(NamedTuple):
    address: str
    site: Path

    def ask(self, path: str, **headers: str) -> Answer:
        return ask(f"{self.address}{path}", **headers)


@pytest.fixture(scope="module", params=itertools.product(SERVERS, ["root", "path"]), ids="-".join)
def served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The real site with an old address that leads on."""
    kind, place = request.param
    built: Path = request.getfixturevalue("site" if place == "root" else "addressed_site")
    site = shutil.copytree(built, tmp_path_factory.mktemp("served") / "site")
    lead_on(DANISH, {f"/{_OLD}": "/kontakt/"}, site)
    page = site / _OLD / "index.html"
    page.write_bytes(with_policy(page.read_bytes()))
    with serving(kind, site, "/" if place == "root" else urlsplit(ADDRESS).path) as address:
        yield Served(address, site)


def _address_of(name: str) -> str:
    return name.removesuffix("index.html") if name.rpartition("/")[2] == "index.html" else name


def _texts(site: Path) -> list[str]:
    """Return the text files that are sent compressed."""
    return sorted(name for name in files_under(site) if (site / f"{name}.br").exists())


def test_a_copy_is_whole_as_it_is_served(served: Served) -> None:
    edition = json.loads((served.site / "manifest.json").read_bytes())["edition"]
    _, faults = check_server(served.address, edition)
    assert faults == []


@pytest.mark.parametrize("path", ["", "faser/vurder/", "assets/site.css", "er/ikke/der/", "assets", _OLD])
def test_every_answer_says_what_a_browser_may_do(served: Served, path: str) -> None:
    headers = served.ask(path).headers
    assert headers.get_all("Content-Security-Policy") == [as_text(header_policy(served.site))]
    assert headers.get_all("X-Content-Type-Options") == ["nosniff"]
    assert headers.get_all("Referrer-Policy") == ["no-referrer"]
    assert headers.get_all("Permissions-Policy") == ["camera=(), geolocation=(), microphone=()"]


def test_a_pdf_is_left_to_the_reader_that_the_browser_has_for_it(served: Served) -> None:
    answer = served.ask("tjeklister.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Security-Policy"] is None
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("accepted", "sent"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("identity", None),
        ("br;q=0, gzip;q=0.0", None),
    ],
)
def test_each_text_comes_as_the_browser_can_unpack_it(served: Served, accepted: str, sent: str | None) -> None:
    names = _texts(served.site)
    assert {Path(name).suffix for name in names} >= {".html", ".css", ".js", ".json", ".svg"}
    for name in names:
        answer = served.ask(_address_of(name), Accept_Encoding=accepted)
        whole = (served.site / name).read_bytes()
        assert (answer.status, answer.headers["Content-Encoding"]) == (200, sent), name
        assert (_UNPACKED[sent](answer.body) if sent else answer.body) == whole, name
        if sent:
            assert answer.body == (served.site / f"{name}.{_ENDINGS[sent]}").read_bytes()
        assert "Accept-Encoding" in answer.headers["Vary"], name
        assert answer.headers["Content-Language"] is None, name
        assert int(answer.headers["Content-Length"]) == len(answer.body), name


@pytest.mark.parametrize("accepted", ["br, gzip", "gzip", "identity"])
@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("", "text/html; charset=utf-8"),
        ("er/ikke/der/", "text/html; charset=utf-8"),
        ("assets/site.css", "text/css; charset=utf-8"),
        ("assets/guide.js", "text/javascript; charset=utf-8"),
        ("assets/mark.svg", "image/svg+xml; charset=utf-8"),
        ("assets/images/favicon.png", "image/png"),
        ("search/search_index.json", "application/json"),
        ("sitemap.xml", "application/xml; charset=utf-8"),
        (_OLD, "text/html; charset=utf-8"),
    ],
)
def test_each_kind_of_file_says_what_it_is(served: Served, path: str, kind: str, accepted: str) -> None:
    assert served.ask(path, Accept_Encoding=accepted).headers.get_all("Content-Type") == [kind]


@pytest.mark.parametrize("accepted", ["br", "gzip", "identity"])
@pytest.mark.parametrize(
    "path", ["findes-ikke", "faser/findes/ikke/", "assets/findes.deadbeef.min.js", "assets/", "search/"]
)
def test_what_is_not_there_and_a_folder_without_a_page_give_the_page_that_says_so(
    served: Served, path: str, accepted: str
) -> None:
    answer = served.ask(path, Accept_Encoding=accepted)
    said = answer.headers["Content-Encoding"]
    assert answer.status in ((403, 404) if (served.site / path).is_dir() else (404,))
    assert (_UNPACKED[said](answer.body) if said else answer.body) == (served.site / "404.html").read_bytes()
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "path", [*SERVER_FILES, ".made-by-procedure", ".git/config", "faser/.skjult", "WEB.CONFIG.", "./.htaccess"]
)
def test_what_is_for_servers_only_is_not_sent(served: Served, path: str) -> None:
    answer = served.ask(path)
    assert answer.status in (403, 404)
    assert answer.body == (served.site / "404.html").read_bytes()


@pytest.mark.parametrize("path", ["guide/", "faser/vurder/", ""])
def test_a_folder_without_its_slash_leads_to_the_one_with_it(served: Served, path: str) -> None:
    folder = f"{served.address}{path}"
    if urlsplit(folder).path == "/":
        return  # Nobody can ask a host for less.
    # Behind what takes care of https, a server knows neither the host's name nor the port that readers use.
    host, asked = f"http://{_HOST}/", urlsplit(folder).path
    answer = ask(folder.rstrip("/"), Host=_HOST)
    assert answer.status == 301
    assert urljoin(urljoin(host, asked.rstrip("/")), answer.headers["Location"]) == urljoin(host, asked)


def test_an_old_address_leads_on(served: Served) -> None:
    answer = served.ask(_OLD)
    assert answer.status == 200
    assert b'url=../kontakt/"' in answer.body


@pytest.mark.parametrize("accepted", ["br", "gzip", "identity"])
def test_only_what_is_named_by_what_it_holds_is_kept_without_asking(served: Served, accepted: str) -> None:
    [hashed] = served.site.glob(_HASHED)
    name = hashed.relative_to(served.site).as_posix()
    assert served.ask(name, Accept_Encoding=accepted).headers.get_all("Cache-Control") == [
        "max-age=31536000, public, immutable"
    ]
    for other in ("", "assets/site.css", "tjeklister.pdf", "search/search_index.json", "manifest.json"):
        answer = served.ask(other, Accept_Encoding=accepted)
        assert answer.headers.get_all("Cache-Control") == ["no-cache"], other
        headers = answer.headers
        for condition in ({"If_None_Match": headers["ETag"]}, {"If_Modified_Since": headers["Last-Modified"]}):
            again = served.ask(other, Accept_Encoding=accepted, **condition)
            assert (again.status, again.body) == (304, b""), (other, condition)
            assert again.headers["Cache-Control"] == "no-cache"


def test_what_is_sent_compressed_has_a_mark_of_its_own(served: Served) -> None:
    marks = {served.ask("", Accept_Encoding=accepted).headers["ETag"] for accepted in ("br", "gzip", "identity")}
    assert len(marks) == 3


def test_a_thousand_requests_at_once_are_all_answered_right(served: Served) -> None:
    names = itertools.islice(itertools.cycle(_texts(served.site)), 1000)
    accepted = itertools.cycle(["br", "gzip", "identity"])

    def is_right(name: str, accepts: str) -> bool:
        answer = served.ask(_address_of(name), Accept_Encoding=accepts)
        said = answer.headers["Content-Encoding"]
        body = _UNPACKED[said](answer.body) if said else answer.body
        return answer.status == 200 and body == (served.site / name).read_bytes()

    with ThreadPoolExecutor(16) as pool:
        assert all(pool.map(is_right, names, accepted))


def test_no_page_does_what_the_headers_forbid(served: Served) -> None:
    paths = every_path(served.site)
    with start_chromium() as engine:
        engine.run_first(WATCH)
        for path in (*paths[:: len(paths) // 8], "guide/", "er/ikke/der/"):
            engine.open(f"{served.address}{path}")
            engine.wait(
                "performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/search_index.json'))"
            )
            assert engine.evaluate("window.violations") == [], path


@pytest.mark.parametrize("kind", SERVERS)
def test_a_server_without_the_modules_that_are_not_its_own_starts_and_sends_the_pages(kind: str, site: Path) -> None:
    with serving(kind, site, "/", is_bare=True) as address:
        answer = ask(address, Accept_Encoding="br")
        assert (answer.status, answer.body) == (200, (site / "index.html").read_bytes())
        assert answer.headers["Content-Encoding"] is None
        assert ask(f"{address}web.config").status in (403, 404)


def test_all_that_is_compressed_is_of_a_kind_that_the_servers_send_so(site: Path) -> None:
    assert {Path(name).suffix for name in _texts(site)} <= set(KINDS)
