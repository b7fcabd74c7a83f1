"""What a stylesheet fetches is found, however it is written."""

from __future__ import annotations

import pytest

from procedure.source.styles import addresses_in, is_code_address

_ELSEWHERE = "//eksempel.dk/a"


@pytest.mark.parametrize(
    "css",
    [
        f"a {{ background: url({_ELSEWHERE}) }}",
        f"a {{ background: URL( '{_ELSEWHERE}' ) }}",
        f"a {{ background: u\\72l({_ELSEWHERE}) }}",
        f"a {{ background: \\75 rl('{_ELSEWHERE}') }}",
        f"a {{ background: image-set('{_ELSEWHERE}' 1x) }}",
        f"a {{ background: -webkit-image-set(url({_ELSEWHERE}) 1x) }}",
        f"a {{ background: image\\-s\\65 t('{_ELSEWHERE}' 1x) }}",
        f"@import '{_ELSEWHERE}';",
        f"@im\\70 ort '{_ELSEWHERE}';",
        f"@\\69mport '{_ELSEWHERE}';",
        f"@import/* */url({_ELSEWHERE});",
        f"@media print {{ @font-face {{ src: url({_ELSEWHERE}) }} }}",
        "a { background: url(\\2f\\2f eksempel.dk/a) }",
    ],
)
def test_an_address_is_found(css: str) -> None:
    assert [address.text for address in addresses_in(css)] == [_ELSEWHERE]


@pytest.mark.parametrize(
    "css",
    [
        "a { content: 'url(//eksempel.dk/a)' }",
        "/* url(//eksempel.dk/a) */",
        "a { background: url(data:image/svg+xml,<svg/>) }",
        "a { clip-path: url(#form) }",
        "a { color: red }",
    ],
)
def test_what_is_not_fetched_is_no_address(css: str) -> None:
    assert list(addresses_in(css)) == []


def test_an_address_has_its_line() -> None:
    assert [a.line for a in addresses_in("a {}\nb {\n  background: image-set('a' 1x,\n    'b' 2x) }")] == [3, 4]


def test_an_address_that_is_a_program_is_known_by_its_beginning() -> None:
    assert is_code_address("javascript:alert(1)")
    assert is_code_address(" java\tscript:alert(1)")
    assert is_code_address("data:text/html,<script>")
    assert not is_code_address("https://eksempel.dk/javascript:")
