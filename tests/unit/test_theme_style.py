"""A stylesheet keeps every rule that may be for something on a page."""

from __future__ import annotations

import pytest

from procedure.outputs.theme_style import trimmed


@pytest.mark.parametrize(
    "css",
    [
        "p{color:red}",
        ".a{color:red}",
        "p.a>.b:hover,#x{color:red}",
        ".a:not(.z){color:red}",
        ".a:is(.z,.b){color:red}",
        "@media print{.a{color:red}}",
        "@media print{@supports (gap:0){.a{color:red}}}",
        "@font-face{font-family:x;src:url(x.woff2)}",
        "@keyframes x{0%{opacity:0}to{opacity:1}}",
        '.a:before{content:"}.z{";background:url("data:image/svg+xml;a{b}")}',
        ":root{--x:1px;--y:var(--x)}.a{margin:var(--y, 2px)}",
        ":root{--known:1px}",
        ":not([dir=rtl]) .a{color:red}",
    ],
)
def test_what_a_page_may_use_is_kept_as_it_is(css: str) -> None:
    assert trimmed(css, {"a", "b"}, {"--known"}) == css


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        (".z{color:red}", ""),
        (".a .z{color:red}", ""),
        (".a,.z{color:red}", ".a{color:red}"),
        (".a:nth-child(2 of .z){color:red}", ""),
        ("@media print{.z{color:red}}", ""),
        ("/* a */.a{color:red}", ".a{color:red}"),
        (":root{--x:1px;--y:var(--x);color:red}", ":root{color:red}"),
        (":root{--x:url('data:;{}')}.z{margin:var(--x)}", ""),
        (".a{--x:1px}", ""),
        ("[dir=rtl] .a,[dir=ltr] .b{color:red}", "[dir=ltr] .b{color:red}"),
    ],
)
def test_what_nothing_uses_is_left_out(css: str, kept: str) -> None:
    assert trimmed(css, {"a", "b"}, set()) == kept
