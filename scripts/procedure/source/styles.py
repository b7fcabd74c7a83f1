"""What a stylesheet fetches, however it is written; and which addresses are programs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tinycss2 import ast

# Functions whose texts are addresses, and what must stand in a text for there to be any but pictures written out in it.
_ADDRESS_CALLS = frozenset(
    {"url", "src", "image", "image-set", "-webkit-image-set", "cross-fade", "-webkit-cross-fade"}
)
# A letter of their names may be written as `\72`.
_MAY_FETCH = re.compile(
    r"url\((?!\s*[\"']?data:image/)|(src|image|image-set|cross-fade)\(|@import|\\[\w\s\\-]*\(|@[\w-]*\\", re.IGNORECASE
)
_CODE_ADDRESS = re.compile(r"(javascript|vbscript|data):", re.IGNORECASE)
_UNSEEN = re.compile(r"[\x00-\x20]")


@dataclass(frozen=True)
class StyleAddress:
    """An address in a stylesheet, and the line it stands on."""

    text: str
    line: int


def addresses_in(css: str) -> Iterator[StyleAddress]:
    """Yield every address that the stylesheet has the browser fetch; a picture written out in it is none."""
    if _MAY_FETCH.search(css):
        import tinycss2  # noqa: PLC0415  (only where a stylesheet may fetch something)

        for address in _addresses(tinycss2.parse_component_value_list(css, skip_comments=True)):
            if address.text and not address.text.lower().startswith(("data:image/", "#")):
                yield address


def is_code_address(address: str) -> bool:
    """Return whether the address is a program and no place; a browser sees no control characters in it."""
    return ":" in address and _CODE_ADDRESS.match(_UNSEEN.sub("", address)) is not None


def _addresses(nodes: Iterable[ast.Node]) -> Iterator[StyleAddress]:
    from tinycss2 import ast  # noqa: PLC0415

    imports = False
    for node in nodes:
        if isinstance(node, ast.URLToken) or (imports and isinstance(node, ast.StringToken)):
            yield StyleAddress(node.value.strip(), node.source_line)
        elif isinstance(node, ast.FunctionBlock):
            if node.lower_name in _ADDRESS_CALLS:
                texts = (part for part in node.arguments if isinstance(part, ast.StringToken))
                yield from (StyleAddress(text.value.strip(), text.source_line) for text in texts)
            yield from _addresses(node.arguments)
        elif isinstance(node, ast.ParenthesesBlock | ast.SquareBracketsBlock | ast.CurlyBracketsBlock):
            yield from _addresses(node.content)
        if not isinstance(node, ast.WhitespaceToken):
            imports = isinstance(node, ast.AtKeywordToken) and node.lower_value == "import"
