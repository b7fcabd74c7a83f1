"""What servers read fits the pages it lies beside. Whether a server does as it says is tried among the judges."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from lxml import etree
from tests.project import ADDRESS

from procedure.derive.policy import read_rules
from procedure.model import Procedure
from procedure.outputs.servers import APACHE, IIS, NGINX, SERVER_FILES, check_servers, header_policy
from procedure.source.tree import files_under

_SCHEMA = Path(__file__).with_name("web_config.rng")
_META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
_SENT = {
    NGINX: re.compile(r'set \$procedure_policy "([^"]+)";'),
    APACHE: re.compile(r'Header always set Content-Security-Policy "([^"]+)"'),
    IIS: re.compile(r'<add name="Content-Security-Policy" value="([^"]+)" />'),
}


@pytest.mark.parametrize("server", SERVER_FILES)
def test_the_header_allows_what_the_pages_do_together_and_nothing_more(server: str, site: Path) -> None:
    [said] = _SENT[server].findall((site / server).read_text("utf-8"))
    allowed = {(kind, value) for kind, values in read_rules(said).items() for value in values}
    pages = [_META.findall(page.read_text("utf-8")) for page in site.rglob("*.html")]
    assert len(pages) > 20
    needed = {(kind, value) for [page] in pages for kind, values in read_rules(page).items() for value in values}
    assert allowed - needed == {("frame-ancestors", "'none'")}
    assert needed - allowed == set()
    assert sum(value.startswith("'sha256-") for _, value in allowed) > 1


def test_a_page_that_allows_more_changes_the_header_and_what_was_written_no_longer_fits(
    site: Path, procedure: Procedure, tmp_path: Path
) -> None:
    copy = shutil.copytree(site, tmp_path / "site")
    assert list(check_servers(procedure, copy)) == []
    page = copy / "kontakt/index.html"
    page.write_text(page.read_text("utf-8").replace("script-src 'self'", "script-src 'self' 'sha256-ny='"), "utf-8")
    assert "'sha256-ny='" in header_policy(copy)["script-src"]
    assert list(check_servers(procedure, copy)) == [f"{name} passer ikke til siderne." for name in SERVER_FILES]


def test_a_kind_of_file_that_the_servers_would_not_know_is_said(
    site: Path, procedure: Procedure, tmp_path: Path
) -> None:
    copy = shutil.copytree(site, tmp_path / "site")
    (copy / "nyt.slags").touch()
    assert list(check_servers(procedure, copy)) == ["».slags« har ingen MIME-type."]


def test_under_a_path_all_that_is_named_from_the_hosts_root_has_the_path(addressed_site: Path) -> None:
    path = ADDRESS.removeprefix("https://").partition("/")[2]
    nginx, apache, iis = ((addressed_site / name).read_text("utf-8") for name in SERVER_FILES)
    assert f"location ^~ /{path} {{" in nginx
    assert f"location = /{path.rstrip('/')} {{" in nginx
    assert f"error_page 404 /{path}404.html;" in nginx
    assert f"ErrorDocument 404 /{path}404.html" in apache
    assert 'path="{}404.html"'.format(path.replace("/", "\\")) in iis


@pytest.fixture(scope="module")
def schema() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(str(_SCHEMA)))


@pytest.fixture(params=["site", "addressed_site"])
def web_config(request: pytest.FixtureRequest) -> etree._ElementTree:
    built: Path = request.getfixturevalue(request.param)
    return etree.parse(str(built / IIS))


def test_iis_is_told_only_what_it_knows(web_config: etree._ElementTree, schema: etree.RelaxNG) -> None:
    assert schema.validate(web_config), schema.error_log


def test_whatever_iis_may_have_is_taken_out_before_it_is_put_in(web_config: etree._ElementTree) -> None:
    """IIS stops the whole site where a collection has something twice (500.19)."""
    keys = {"add": ("name", "segment"), "mimeMap": ("fileExtension",), "error": ("statusCode", "subStatusCode")}
    put_in = 0
    for tag, attributes in keys.items():
        for element in web_config.iter(tag):
            key = {name: element.get(name) for name in attributes if element.get(name)}
            before = element.getprevious()
            assert before is not None
            if key:
                assert (before.tag, {str(name): str(value) for name, value in before.attrib.items()}) == ("remove", key)
            else:
                assert before.tag == "clear"
            put_in += 1
    assert put_in > 20


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<directoryBrowse", "<directoryBrowsing"),
        ('errorMode="Custom"', 'errorMode="Own"'),
        ('cacheControlMode="DisableCache"', 'cacheControlMode="NoCache"'),
        ('cacheControlMaxAge="365.00:00:00"', 'cacheControlMaxAge="31536000"'),
        ('responseMode="File"', 'mode="File"'),
        ('<add value="index.html" />', "<add />"),
        ("<hiddenSegments>", '<hiddenSegments strict="true">'),
        ("</staticContent>", "</staticContent><rewrite />"),
        ("</staticContent>", "</staticContent><httpCompression />"),
    ],
)
def test_the_schema_finds_what_iis_does_not_know(site: Path, schema: etree.RelaxNG, old: str, new: str) -> None:
    text = (site / IIS).read_text("utf-8")
    assert old in text
    changed = text.replace(old, new, 1).replace("</directoryBrowsing>", "")
    assert not schema.validate(etree.fromstring(changed.encode()))


def test_iis_keeps_what_is_named_by_what_it_holds_and_reads_no_policy_for_a_pdf(
    web_config: etree._ElementTree, site: Path
) -> None:
    names = files_under(site)
    hashed = {name for name in names if re.search(r"\.[0-9a-f]{8}\.min\.(css|js)$", name)}
    documents = {name for name in names if name.endswith(".pdf")}
    places = {place.get("path"): place for place in web_config.iter("location")}
    assert len(hashed) == 4
    assert places.keys() == hashed | documents
    assert {path for path, place in places.items() if place.find(".//clientCache") is not None} == hashed
    assert {path for path, place in places.items() if place.find(".//customHeaders/remove") is not None} == documents
