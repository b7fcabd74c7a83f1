"""The offline copy: the same pages, changed where a folder needs it and nowhere else; and what is said of a spoilt one."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from procedure.derive.published import OFFLINE_COPY
from procedure.model import Procedure, load_procedure
from procedure.outputs.offline import check_offline_copy, write_offline_copy
from procedure.outputs.offline_pages import offline_address, offline_page
from procedure.outputs.policies import with_policy

_BASE = Path(__file__).parents[1] / "cases/base"
_ZIP = OFFLINE_COPY.removeprefix("/")
_TOP = "digitale-kraenkelser"
_POLICY = (
    b'<meta http-equiv="Content-Security-Policy" content="'
    b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'\">"
)


@pytest.fixture
def copy(site: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(site, tmp_path / "site"))


def _files(site: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(site / _ZIP) as copy:
        return {name: copy.read(name) for name in copy.namelist()}


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("", ""),
        (".", "./index.html"),
        ("./", "./index.html"),
        ("..", "../index.html"),
        ("../..", "../../index.html"),
        ("../faser/vurder/", "../faser/vurder/index.html"),
        ("../faser/vurder/#trin", "../faser/vurder/index.html#trin"),
        ("../#a/b/", "../index.html#a/b/"),
        ("../?a=b/", "../index.html?a=b/"),
        ("#a/b/", "#a/b/"),
        ("../tjeklister/vurder.pdf", "../tjeklister/vurder.pdf"),
        ("../assets/.skjult", "../assets/.skjult"),
        ("a.b..", "a.b.."),
        ("mailto:a@b.dk", "mailto:a@b.dk"),
        ("tel:112", "tel:112"),
        ("https://politi.dk/", "https://politi.dk/"),
        ("HTTPS://politi.dk/", "HTTPS://politi.dk/"),
        ("//politi.dk/", "//politi.dk/"),
        ("/kontakt/", "/kontakt/"),
    ],
)
def test_only_the_address_of_a_folder_gets_the_name_of_its_page(address: str, expected: str) -> None:
    assert offline_address(address) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('<a class="x" href="../b/">B</a>', '<a class="x" href="../b/index.html">B</a>'),
        ('<A title="a > b" href="..#c">B</A>', '<A title="a > b" href="../index.html#c">B</A>'),
        ('<a href="#c">B</a> <a href="">B</a>', '<a href="#c">B</a> <a href="">B</a>'),
        ('<a href="https://b.dk/">B</a><a href="mailto:b@b.dk">C</a>',) * 2,
        ('<code>&lt;a href="../b/"&gt; &lt;script type="module"&gt;</code>',) * 2,
        ('<p data-href="../b/" title=\'href="../b/"\'>href="../b/"</p>',) * 2,
        ('<script type="module" src="../s.js"></script>', '<script defer src="../s.js"></script>'),
        ('<script src="../s.js" type="module"></script>', '<script src="../s.js" defer></script>'),
        ('<script src="../s.js" data-target="../b/#c" defer>', '<script src="../s.js" data-target="../b/index.html#c" defer>'),
        ('<meta http-equiv="refresh" content="0; url=../b/">', '<meta http-equiv="refresh" content="0; url=../b/index.html">'),
        ('<meta name="description" content="0; url=../b/">',) * 2,
        (
            '<script src="../assets/javascripts/bundle.1.js"></script>',
            '<script src="../search/offline_search.js"></script><script src="../assets/javascripts/bundle.1.js"></script>',
        ),
    ],
)  # fmt: skip
def test_a_page_is_changed_where_a_folder_needs_it_and_nowhere_else(written: str, expected: str) -> None:
    page = '<!doctype html>\r\n<meta charset="utf-8">%b \n\n <p>Så  &amp; så</p>%b\t</html>'.encode()
    made = offline_page("a/index.html", page % (b"", written.encode()), {"index.html", "b/index.html"}, "")
    assert made == page % (_POLICY, expected.encode())


def test_a_link_to_what_is_not_in_the_copy_leads_to_the_site_or_nowhere() -> None:
    page = b'<meta charset="utf-8"><a class="x" href="../procedure-offline.zip">Zip</a>'
    assert b'<a class="x">Zip' in offline_page("a/index.html", page, {"index.html"}, "")
    made = offline_page("a/index.html", page, {"index.html"}, "https://x.dk/y/")
    assert b'<a class="x" href="https://x.dk/y/procedure-offline.zip">Zip' in made


def test_every_page_of_the_site_is_in_it_with_the_same_words_and_shape(site: Path) -> None:
    files = _files(site)
    pages = [file.relative_to(site).as_posix() for file in site.rglob("*.html") if file.name != "404.html"]
    assert len(pages) > 20
    for page in pages:
        assert _shape(files[f"{_TOP}/filer/{page}"]) == _shape((site / page).read_bytes()), page


def _shape(page: bytes) -> list[object]:
    """Return every element with its text, but for where it leads and how it is loaded."""
    tree = etree.fromstring(page, etree.HTMLParser(encoding="utf-8"))
    changed = {"href", "data-target", "type", "defer", "content"}
    elements = [element for element in tree.iter() if "offline_search" not in (element.get("src") or "")]
    return [
        (element.tag, element.text, element.tail, sorted(item for item in element.items() if item[0] not in changed))
        for element in elements
    ]


def test_what_a_reader_opens_stands_alone_above_all_the_rest(site: Path) -> None:
    names = list(_files(site))
    assert {name.partition("/")[0] for name in names} == {_TOP}
    assert {name.split("/")[1] for name in names} == {"start-her.html", "filer"}
    assert names == sorted(names)
    assert {f"{_TOP}/filer/tjeklister.pdf", f"{_TOP}/filer/index.html", f"{_TOP}/filer/assets/site.css"} <= {*names}


def test_what_only_a_server_or_a_programmer_asks_for_is_not_in_it(copy: Path, procedure: Procedure) -> None:
    before = (copy / _ZIP).read_bytes()
    for name in ("index.html.br", "index.html.gz", "web.config", ".htaccess", "nginx.conf", "assets/.skjult"):
        (copy / name).write_bytes(b"x")
    write_offline_copy(procedure, copy)
    assert (copy / _ZIP).read_bytes() == before
    inside = {name.removeprefix(f"{_TOP}/filer/") for name in _files(copy)}
    assert not inside & {"404.html", "sitemap.xml", "manifest.json", _ZIP, "search/search_index.json"}
    assert not [name for name in inside if name.endswith(".map")]


def test_its_times_and_rights_are_those_of_the_edition_on_every_system(copy: Path, procedure: Procedure) -> None:
    assert procedure.edition
    day = procedure.edition.day
    for by, expected, top in (
        (procedure, (day.year, day.month, day.day, 0, 0, 0), _TOP),
        (load_procedure(_BASE), (1980, 1, 1, 0, 0, 0), "sager"),
    ):
        write_offline_copy(by, copy)
        with zipfile.ZipFile(copy / _ZIP) as made:
            entries = made.infolist()
        assert {(entry.date_time, entry.external_attr >> 16, entry.create_system) for entry in entries} == {
            (expected, 0o100644, 3)
        }
        assert all(entry.filename.startswith(f"{top}/") for entry in entries)


def test_the_search_leads_to_files(site: Path) -> None:
    script = _files(site)[f"{_TOP}/filer/search/search_index.js"]
    there = json.loads((site / "search/search_index.json").read_bytes())
    here = json.loads(script.removeprefix(b"var __index = ").removesuffix(b";\n"))
    assert [entry.pop("location").replace("index.html", "") for entry in here["docs"]] == [
        entry.pop("location") for entry in there["docs"]
    ]
    assert here == there


def _in(name: str, old: bytes, new: bytes) -> Callable[[dict[str, bytes]], None]:
    def spoil(files: dict[str, bytes]) -> None:
        assert old in files[name], old
        files[name] = files[name].replace(old, new)

    return spoil


_FRONT, _INDEX = f"{_TOP}/filer/index.html", f"{_TOP}/filer/search/search_index.js"


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_in(_FRONT, b'href="guide/index.html"', b'href="guide/"'), "index.html fører til »guide/«"),
        (_in(_FRONT, b'href="guide/index.html"', b'href="guide"'), "index.html fører til »guide«"),
        (_in(_FRONT, b'href="guide/index.html"', b'href="/guide/index.html"'), "fører til »/guide/index.html«"),
        (_in(_FRONT, b'href="guide/index.html"', b'href="//x.dk"'), "fører til »//x.dk«"),
        (_in(_FRONT, b'src="assets/mark.svg"', b'src="assets/m.svg"'), "fører til »assets/m.svg«"),
        (_in(_FRONT, b'src="assets/mark.svg"', b'src="https://x.dk/m.svg"'), "henter »https://x.dk/m.svg« andetsteds"),
        (_in(_FRONT, b'src="assets/mark.svg"', b'src="//x.dk/m.svg"'), "fører til »//x.dk/m.svg«"),
        (_in(_FRONT, b'rel="stylesheet" href="', b'rel="stylesheet" href="https://x.dk/'), "andetsteds"),
        (_in(_FRONT, b"<h1>", b'<noscript><meta http-equiv="refresh" content="0; url=guide/"></noscript><h1>'), "»guide/«"),
        (_in(_FRONT, b" defer", b' data-target="guide/" defer'), "»guide/«"),
        (_in(_FRONT, b" defer", b' type="module"'), "modul"),
        (_in(_FRONT, b'<script src="search/offline_search.js"></script>', b""), "kan ikke søge"),
        (_in(_FRONT, b"<script>", b"<script> "), "siger ikke netop, hvad"),
        (_in(_FRONT, b"; style-src", b" data:; style-src"), "siger ikke netop, hvad"),
        (_in(_FRONT, b"Content-Security-Policy", b"x"), "siger ikke netop, hvad"),
        (_in(f"{_TOP}/start-her.html", b"<style>", b"<style> "), "start-her.html siger ikke netop, hvad"),
        (_in(f"{_TOP}/filer/assets/site.css", b"{", b"{ background: url(../x.png) }\nb {"), "site.css fører til »../x.png«"),
        (_in(_INDEX, b'"location":"kontakt/index.html"', b'"location":"kontakt/"'), "search_index.js fører til »./kontakt/«"),
        (lambda files: files.pop(_INDEX), "kan ikke søge"),
        (lambda files: files.pop(f"{_TOP}/filer/tjeklister/vurder.pdf"), "vurder.pdf«"),
        (lambda files: files.pop(f"{_TOP}/filer/start.js"), "start-her.html fører til »filer/start.js«"),
        (lambda files: files.pop(f"{_TOP}/start-her.html"), "Den er ikke én mappe"),
        (lambda files: files.update({"andet/x.txt": b""}), "Den er ikke én mappe"),
        (lambda files: files.update({f"{_TOP}/filer/web.config": b""}), "filer/web.config hører ikke til"),
        (lambda files: files.update({f"{_TOP}/filer/a.html.br": b""}), "filer/a.html.br hører ikke til"),
        (lambda files: files.update({f"{_TOP}/filer/x.html": b""}), "filer/x.html kan ikke læses"),
    ],
)  # fmt: skip
def test_each_fault_is_found(
    site: Path, procedure: Procedure, tmp_path: Path, spoil: Callable[[dict[str, bytes]], object], said: str
) -> None:
    files = _files(site)
    spoil(files)
    with zipfile.ZipFile(tmp_path / _ZIP, "w") as made:
        for name, data in files.items():
            made.writestr(name, data)
    faults = list(check_offline_copy(procedure, tmp_path))
    assert [fault for fault in faults if said in fault], faults


def test_no_fault_is_found_in_what_was_written(site: Path, procedure: Procedure) -> None:
    assert list(check_offline_copy(procedure, site)) == []


def test_what_is_no_zip_is_said(tmp_path: Path, procedure: Procedure) -> None:
    (tmp_path / _ZIP).write_bytes(b"PK")
    assert list(check_offline_copy(procedure, tmp_path)) == ["Den kan ikke pakkes ud."]


def test_a_page_says_no_more_than_it_needs_without_a_server() -> None:
    page = b'<meta charset="utf-8"><script>a()</script>'
    served, opened = with_policy(page), with_policy(page, offline=True)
    assert b"connect-src 'self'; worker-src 'self'; manifest-src 'self'; " in served
    assert opened == served.replace(b"connect-src 'self'; worker-src 'self'; manifest-src 'self'; ", b"")
