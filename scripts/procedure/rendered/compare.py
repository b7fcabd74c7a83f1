"""S11–S13: what readers see is what was checked: the same words, no mark left visible, the same shape."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from procedure.findings import Finding
from procedure.model import Procedure
from procedure.rendered.article import Leaf
from procedure.rendered.causes import likely_cause

# What belongs to the writing and never to the text: outside code no reader may meet it.
_VISIBLE_MARK = re.compile(
    r"/{3,}|!{3}|\*\*|~~|__|`{2,}|\[[ xX]?\]|\]\s*\(|\]\[|\[\^|\{[^}]*[#.=:][^}]*\}|\{\s*[#.:]|data-req|^\||\|$|<{4}|>{4}|={4}"
    r"|==\w|\w==|`|:{3}|\[!\w+\]|\[\[|\*\[|\^\[|\w\^\w+\^|^:\s|^//\s|^-[^\W\d]|--8<--|^#+\s|<!--|^[-*+]\s|^\[.*\]:|\\$"
)
_SHOWN = 8
_KINDS = {
    "p": "et afsnit", "task": "et punkt, der kan krydses af", "pre": "kode", "title": "en bloks titel", "td": "et felt i en tabel",
    "th": "en overskrift i en tabel", "hr": "en streg", "block": "en blok",
}  # fmt: skip


@dataclass(frozen=True)
class _Difference:
    """Leaves that were meant, what is there instead, and the leaf before them."""

    meant: tuple[Leaf, ...]
    seen: tuple[Leaf, ...]
    before: Leaf | None


def compare(procedure: Procedure, meant: Sequence[Leaf], seen: Sequence[Leaf], path: str) -> Iterator[Finding]:
    """Yield where a page at `path` shows another thing than was meant, at the line where that is written."""
    for leaf, other in zip(meant, seen, strict=False):
        found = _VISIBLE_MARK.search(other.without_code)
        if found and leaf.key == other.key:
            yield _finding(procedure, _Difference((leaf,), (other,), None), path)
    yield from (_finding(procedure, difference, path) for difference in _differences(meant, seen))


def _differences(meant: Sequence[Leaf], seen: Sequence[Leaf]) -> Iterator[_Difference]:
    """Yield each run of leaves that differ; leaves that differ one by one are a run each."""
    keys, others = [leaf.key for leaf in meant], [leaf.key for leaf in seen]
    if keys == others:
        return
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, keys, others, autojunk=False).get_opcodes():
        before = meant[i1 - 1] if i1 else None
        if tag == "equal":
            continue
        if i2 - i1 != j2 - j1:
            yield _Difference(tuple(meant[i1:i2]), tuple(seen[j1:j2]), before)
            continue
        moved: Leaf | None = None
        for leaf, other in zip(meant[i1:i2], seen[j1:j2], strict=True):
            # What follows a block that is not closed stands in another holder: one fault.
            is_moved = leaf.content == other.content and leaf.holders != other.holders
            if not (is_moved and moved):
                yield _Difference((leaf,), (other,), before)
            moved, before = leaf if is_moved else None, leaf


def _finding(procedure: Procedure, difference: _Difference, page_path: str) -> Finding:
    meant, seen = _first_difference(difference)
    at = meant or difference.before
    path = at.path if at else page_path
    lines = procedure.pages[path].lines
    first = meant.line if meant else (at.last_line + 1 if at else procedure.pages[path].lead.first_line)
    same_file = [leaf for leaf in difference.meant if leaf.path == path]
    last = max((leaf.last_line for leaf in same_file), default=first)
    cause, line = likely_cause(lines, first, min(last, first + _REACH))
    code, message = _said(meant, seen)
    return Finding(path, line or min(first, len(lines)), code, f"{message} {cause.why}", cause.mend)


# How far from where a page goes wrong its cause is looked for.
_REACH = 12


def _first_difference(difference: _Difference) -> tuple[Leaf | None, Leaf | None]:
    pairs = zip(difference.meant, difference.seen, strict=False)
    for meant, seen in pairs:
        if meant.key != seen.key:
            return meant, seen
    if difference.meant and len(difference.meant) == len(difference.seen):
        return difference.meant[0], difference.seen[0]
    shared = min(len(difference.meant), len(difference.seen))
    return next(iter(difference.meant[shared:]), None), next(iter(difference.seen[shared:]), None)


def _said(meant: Leaf | None, seen: Leaf | None) -> tuple[str, str]:
    """Return the code and the sentence that says what was written and what readers see."""
    written, shown = (leaf.words if leaf else "" for leaf in (meant, seen))
    if visible := seen and _VISIBLE_MARK.search(seen.without_code):
        return "S12", f"Læserne ser tegnene »{visible[0].strip()}« i »{_around(seen, visible.start())}«."
    if written != shown:
        meant_part, seen_part = _from_difference(written, shown)
        if not seen:
            return "S11", f"»{meant_part}« kan ikke ses på siden."
        if not meant:
            return "S11", f"Læserne ser »{seen_part}«, som ikke er ment som tekst."
        return "S11", f"Her er ment »{meant_part}«, men læserne ser »{seen_part}«."
    return "S13", f"»{_short(written or shown)}« {_how(meant, seen)}."


def _how(meant: Leaf | None, seen: Leaf | None) -> str:
    if meant is None or seen is None:
        return "er der ikke" if seen is None else "er ikke ment at stå her"
    what, shown = _name(meant), _name(seen)
    if what != shown:
        return f"er ment som {what}, men vises som {shown}"
    if meant.attributes != seen.attributes or meant.holders != seen.holders:
        return _other_place(meant, seen)
    gone = [name for name in meant.marks if name not in seen.marks] + [n for n in seen.marks if n not in meant.marks]
    return f"har et link eller en fremhævelse, som vises anderledes ({', '.join(gone[:2]) or 'rækkefølgen'})"


def _name(leaf: Leaf) -> str:
    """Return what a leaf is, and what it stands in."""
    kind = f"en overskrift ({leaf.kind})" if re.fullmatch(r"h\d", leaf.kind) else _KINDS.get(leaf.kind, leaf.kind)
    holders = [holder.removeprefix("+").split()[0] for holder in leaf.holders]
    if kind == _KINDS["p"] and "li" in holders:
        kind = "et punkt"
    depth = sum(name in ("ul", "ol") for name in holders)
    kind += f" på niveau {depth}" if depth > 1 else ""
    kind += " i en nummereret liste" if kind.startswith("et punkt") and "ol" in holders and leaf.kind != "task" else ""
    blocks = [
        holder.removeprefix("+").split()[1] for holder in leaf.holders if holder.removeprefix("+").startswith("block ")
    ]
    return f"{kind} i blokken »{blocks[-1]}«" if blocks else kind


def _other_place(meant: Leaf, seen: Leaf) -> str:
    """Return how a leaf of the same kind hangs in another way."""
    said, shown = (" ".join(filter(None, [_attributes(leaf.holders), leaf.attributes])) for leaf in (meant, seen))
    if start := re.search(r"start=(\d+)", said):
        return f"er ment som nummer {start[1]}, men vises som nummer 1"
    if said == shown and said:
        return f"har {{ {said} }} på sin tekst og ikke på hele punktet, så det, der hører til, mangler på siden"
    if said != shown:
        return f"er ment med {{ {said} }}, men har {f'{{ {shown} }}' if shown else 'intet'} på siden"
    return "hører til en anden liste eller blok, end det er ment"


def _attributes(holders: Sequence[str]) -> str:
    """Return what the item that holds a leaf carries, or else its list."""
    names = (holder.removeprefix("+") for holder in reversed(holders))
    return next((name.partition(" ")[2] for name in names if name.startswith(("li ", "ol "))), "")


def _from_difference(one: str, other: str) -> tuple[str, str]:
    """Return both texts from the word where they part, or from a little before where one of them ends there."""
    a, b = one.split(" "), other.split(" ")
    common = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    start = max(common - (2 if common in (len(a), len(b)) else 0), 0)
    return _short(" ".join(a[start:])), _short(" ".join(b[start:]))


def _short(text: str) -> str:
    words = text.split(" ")
    return " ".join(words[:_SHOWN]) + ("…" if len(words) > _SHOWN else "")


def _around(leaf: Leaf, position: int) -> str:
    text = leaf.without_code
    before = text[:position].split(" ")
    start = max(len(before) - 4, 0)
    return _short(" ".join(text.split(" ")[start:]))
