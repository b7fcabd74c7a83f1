"""What a reader can see in the window now."""

from __future__ import annotations

import json

from tests.judges.engines import Engine

# Every line of it is within the window, and nothing lies over its top, its middle or its end. A WebKit that does not
# know `currentCSSZoom` counts the places on the page of what is zoomed in the element's own measure.
_IN_VIEW = """
selector => [...document.querySelectorAll(selector)].map(element => {
  let zoom = 1;
  for (let at = element; at && !("currentCSSZoom" in at); at = at.parentElement) zoom *= getComputedStyle(at).zoom;
  const across = x => (x + scrollX) * zoom - scrollX;
  const down = y => (y + scrollY) * zoom - scrollY;
  const lines = [...element.getClientRects()].filter(({ width, height }) => width && height)
    .map(({ left, right, top, bottom }) => [across(left), across(right), down(top), down(bottom)]);
  return lines.length > 0 && lines.every(([left, right, top, bottom]) =>
    left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight
    && [top + 1, (top + bottom) / 2, bottom - 1].every(y =>
      element.contains(document.elementFromPoint((left + right) / 2, y))));
})"""


def in_view(engine: Engine, selector: str) -> list[bool]:
    """Say of each element of this kind, in order, whether all of it can be seen now."""
    seen: list[bool] = engine.evaluate(f"({_IN_VIEW})({json.dumps(selector)})")
    return seen
