"""What this user may not replace is said before anything is done, with the command that mends it."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from procedure.publish.rights import refuse_what_cannot_be_replaced
from procedure.publish.swap import PublishError, new_site, swap

_NOBODY = 65534


@pytest.fixture
def site() -> Iterator[Path]:
    """A site of this user; of nobody where the tests run as root, whom no folder refuses."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    site = folder / "site"
    with new_site(site) as building:
        (building / "faser/en").mkdir(parents=True)
        swap(building, site)
    if os.geteuid() == 0:
        _give(folder, _NOBODY)
    yield site
    for inner in (folder, *folder.rglob("*")):
        if inner.is_dir():
            inner.chmod(0o755)
    shutil.rmtree(folder)


def _give(folder: Path, user: int) -> None:
    for path in (folder, *folder.rglob("*")):
        os.chown(path, user, user)


def _refusal(site: Path, *written: Path) -> str:
    """Return what is said to the owner of the fixture's site, or nothing."""
    if os.geteuid() != 0:
        return _said(site, *written)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.setgid(_NOBODY)
        os.setuid(_NOBODY)
        os.write(writing, _said(site, *written).encode())
        os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as said:
        return said.read().decode()


def _said(site: Path, *written: Path) -> str:
    try:
        refuse_what_cannot_be_replaced(site, *written)
    except PublishError as error:
        return str(error)
    return ""


def test_what_the_user_may_replace_is_not_refused(site: Path) -> None:
    assert _refusal(site, site.parent) == ""
    assert _refusal(site.parent / "ny/mappe/site") == ""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
@pytest.mark.parametrize("name", ["site", "site/faser/en", ".site.building", ".site.previous"])
def test_what_root_made_is_named_with_the_command_that_gives_it_back(site: Path, name: str) -> None:
    folder = site.parent / name
    folder.mkdir(exist_ok=True)
    os.chown(folder, 0, 0)
    whole = site.parent / name.split("/", maxsplit=1)[0]
    command = f"sudo chown -R nobody {whole}"
    assert _refusal(site) == f"{folder} tilhører en anden, som efter »sudo make«. Kør »{command}« og så igen."


def test_what_the_user_has_shut_for_himself_is_named_with_the_command_that_opens_it(site: Path) -> None:
    (site / "faser").chmod(0o555)
    said = f"{site}/faser må du ikke skrive i. Kør »chmod -R u+rwX {site}« og så igen."
    assert _refusal(site) == said


def test_the_folder_of_the_ledger_and_the_one_that_holds_the_site_are_looked_at_too(site: Path) -> None:
    docs = site.parent / "docs"
    docs.mkdir(mode=0o555)
    if os.geteuid() == 0:
        os.chown(docs, _NOBODY, _NOBODY)
    assert _refusal(site, docs).startswith(f"{docs} må du ikke skrive i.")
    site.parent.chmod(0o555)
    assert _refusal(site).startswith(f"Siden kan ikke lægges i {site.parent}, hvor du ikke må skrive.")


def test_a_folder_that_is_not_ours_is_not_given_to_the_user_but_refused(site: Path) -> None:
    foreign = site.parent / "fremmed"
    foreign.mkdir()
    (foreign / "brev.txt").touch()
    assert "er ikke lavet af dette program" in _refusal(foreign)
