"""One word for each thing: what an editor reads in one finding is called the same in the next, and on the pages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[2]
# A word that is not used, and the one that is.
_INSTEAD_OF = {
    r"knude\w*|node[nr]\w*": "felt",
    r"navigation\w*": "menu",
    r"kontrakt\w*": "procedure.yml",
    r"kasse\w*|boks\w*|kodeblok\w*": "blok",
    r"nøgle\w*|front matter": "felt, sidens forreste del",
    r"valgmulighed\w*": "svar",
    r"tjekpunkt\w*|listepunkt\w*": "punkt",
    r"hyperlink\w*|webadresse\w*": "link, adresse",
    r"afkrydsningsliste\w*|checkliste\w*": "tjekliste",
    r"anker\w*|slug\w*": "id",
    r"fejlmeddelelse\w*": "melding",
}
_MODULES = sorted((_ROOT / "scripts").rglob("*.py"))
_PAGES = [*sorted((_ROOT / "docs/mere").glob("fund-*.md")), _ROOT / "docs/mere/rediger.md"]


def _said(module: Path) -> Iterator[tuple[int, str]]:
    """Yield each text in the code that is a sentence, but for the docstrings, which are English."""
    tree = ast.parse(module.read_text("utf-8"))
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.FunctionDef, ast.ClassDef)) and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in docstrings else None
        if isinstance(node, ast.Constant) and isinstance(text, str) and " " in text.strip():
            yield node.lineno, text


def _unwanted(text: str) -> list[str]:
    words = ((re.search(rf"\b({word})\b", text, re.IGNORECASE), instead) for word, instead in _INSTEAD_OF.items())
    return [f"»{found[0]}«: write »{instead}«" for found, instead in words if found]


@pytest.mark.parametrize("module", _MODULES, ids=lambda path: path.stem)
def test_a_finding_uses_the_editors_one_word_for_a_thing(module: Path) -> None:
    unwanted = [f"{module.name}:{line} {fault}" for line, text in _said(module) for fault in _unwanted(text)]
    assert not unwanted


@pytest.mark.parametrize("page", _PAGES, ids=lambda path: path.stem)
def test_the_pages_for_editors_use_the_same_words(page: Path) -> None:
    lines = enumerate(page.read_text("utf-8").split("\n"), start=1)
    assert not [f"{page.name}:{line} {fault}" for line, text in lines for fault in _unwanted(text)]
