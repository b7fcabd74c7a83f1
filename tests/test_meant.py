"""Text is text wherever it is shown, and what is for editors is not in what is published."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from tests.project import content, copy_project, edit, run_build

# The real project is built once more for them: they are seen among the judges.
pytestmark = pytest.mark.every

_OWNER = "SSP <ssp@eksempel.dk> <script>alert(1)</script>"
_ABOUT = 'En "citeret" side & <b>mere</b>'
_NAME = "Sager <img src=x onerror=alert(1)>"
_AUTHOR = 'Skolen "A" <script>alert(2)</script>'
_NOTE = "Spørg Hanne om nummeret"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_project(tmp_path_factory.mktemp("meant"))
    page = (root / "docs/kontakt.md").read_text("utf-8")
    front = page.split("---\n")[1]
    written = "".join(
        f"owner: '{_OWNER}'\n" if line.startswith("owner:") else f"description: '{_ABOUT}'\n" if line.startswith("description:") else line
        for line in front.splitlines(keepends=True)
    )  # fmt: skip
    (root / "docs/kontakt.md").write_text(
        f"{page.replace(front, written)}\n<!-- bemærkning: {_NOTE}\n\n**endnu** -->\n", "utf-8"
    )
    edit(root, "mkdocs.yml", "site_name: Digitale krænkelser", f"site_name: '{_NAME}'")
    edit(root, "mkdocs.yml", "site_author: Brøndby Kommune", f"site_author: '{_AUTHOR}'")
    run = run_build(root)
    assert run.returncode == 0, run.stdout
    return root / "site"


def test_what_is_written_in_a_field_is_seen_as_it_is_written(site: Path) -> None:
    tree = html.parse(str(site / "kontakt/index.html")).getroot()
    assert tree.find_class("status")[0].text_content().startswith(f"Ejer: {_OWNER} · ")
    assert tree.find_class("footer")[0].find("p/strong").text == _AUTHOR
    assert tree.xpath("//meta[@name='description']/@content") == [_ABOUT]
    assert tree.xpath("//meta[@name='author']/@content") == [_AUTHOR]
    assert tree.findtext(".//title") == f"Kontakt - {_NAME}"
    assert "alert(" not in "".join(script.text or "" for script in tree.iter("script"))
    assert not tree.xpath("//*[@onerror]")


def test_a_note_for_editors_is_nowhere_in_what_is_published(site: Path) -> None:
    assert [name for name, written in content(site).items() if _NOTE.encode() in written] == []
