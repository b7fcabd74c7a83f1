from __future__ import annotations

from xml.etree.ElementTree import fromstring

from markdown import Markdown

from procedure.blocks.heard import Namer
from procedure.words import DANISH


def _named(markup: str) -> list[str | None]:
    """Return the names of the links that call, and of the blocks, in order."""
    root = fromstring(f"<div>{markup}</div>")
    Namer(Markdown(), lambda: DANISH).run(root)
    return [element.get("aria-label") for element in root.iter() if element.tag == "a" or element.get("role")]


def _block(title: str, kind: str = "supplement") -> str:
    return f'<div class="admonition {kind}"><p class="admonition-title">{title}</p><p>Tekst.</p></div>'


def test_a_block_is_a_region_with_its_title_as_its_name() -> None:
    assert _named(_block("Vigtigt", "danger")) == ["Vigtigt"]


def test_blocks_with_one_title_are_told_apart_by_their_number() -> None:
    assert _named(_block("Tilføjet") + _block("Tip") + _block("Tilføjet")) == [
        "Tilføjet, 1 af 2",
        "Tip",
        "Tilføjet, 2 af 2",
    ]


def test_what_is_vigtigt_has_the_same_name_on_every_screen_of_the_guide() -> None:
    assert _named(f"<section>{_block('Vigtigt')}</section>" * 2) == ["Vigtigt", "Vigtigt"]


def test_a_bare_number_is_heard_with_the_words_before_it() -> None:
    line = '<li>Vagten: <a href="https://x.example">kommunen</a>, <a href="tel:+4512345678">12 34 56 78</a>.</li>'
    assert _named(line) == [None, "Vagten: kommunen, 12 34 56 78"]


def test_a_link_that_says_whose_number_it_is_keeps_its_own_words() -> None:
    assert _named('<li><a href="tel:112"><strong>Ring 112</strong></a></li>') == [None]
    assert _named('<li>Vagten: <a href="tel:112">Ring til vagten</a></li>') == [None]


def test_a_number_that_has_a_name_keeps_it() -> None:
    line = '<li><strong>Vagten</strong><span>Om natten</span><a href="tel:112" aria-label="Vagten 112">112</a></li>'
    assert _named(line) == ["Vagten 112"]
