"""A block of ours is found by the checks and by the generator in the same places, however its fence is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from markdown import Markdown

from procedure.source.fences import find_blocks
from procedure.source.markdown_reader import read_page

_FORMS = {
    "as we write it": "```contacts\n```\n",
    "with a space before it": " ```contacts\n ```\n",
    "with three spaces before it": "   ```contacts\n```\n",
    "with a space after the marks": "``` contacts\n```\n",
    "with a longer closing mark": "```contacts\n`````\n",
    "with longer marks": "`````contacts\n`````\n",
    "with tildes": "~~~contacts\n~~~\n",
    "with a line inside": "```contacts\n\n```\n",
    "with spaces after the closing mark": "```contacts\n```   \n",
    "right under a line": "Ring.\n```contacts\n```\n",
    "right over a line": "```contacts\n```\nRing.\n",
    "inside another block of code": "````text\n```contacts\n```\n````\n",
    "in an item": "- Ring:\n\n    ```contacts\n    ```\n",
    "indented as code": "    ```contacts\n    ```\n",
    "with another name": "```contact\n```\n",
}


@pytest.mark.parametrize("name", _FORMS)
def test_checks_and_generator_find_the_same_blocks(name: str, tmp_path: Path) -> None:
    text = f"Før.\n\n{_FORMS[name]}\nEfter.\n"
    (tmp_path / "side.md").write_text(text, "utf-8")
    page, _ = read_page(tmp_path, "side.md")
    read = [fence.language for fence in page.fences if fence.language == "contacts" and not fence.is_inside]
    library = Markdown(
        extensions=["pymdownx.superfences", "procedure.blocks"],
        extension_configs={"procedure.blocks": {"only_places": True}},
    )
    shown = library.convert(text).count('data-block="contacts"')
    assert shown == len(read)
    assert "Efter." in library.convert(text)


def test_a_longer_closing_mark_takes_nothing_of_the_page_with_it() -> None:
    (block,) = find_blocks(["```contacts", "````", "", "Efter."])
    assert (block.first, block.after) == (0, 2)
