"""What is left out of the theme's stylesheet is what no page uses: each looks as with all of it."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from tests.browser.stage import KINDS, Among, Stage, first_of

_WHOLE = "**/assets/stylesheets/main.whole.*.css"
# What each element, and what stands before and after it, looks like with the stylesheet of the site and with the whole
# one in its place. Nothing else runs in between, and no way from one look to the other is under way.
_LOOKS = """() => {
  const number = (text) => [...text].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) | 0, 7);
  // What no stylesheet says is the same with each. What a property of its own (`--name`) holds is seen where it is used,
  // and so is a margin: in the box. Of one that is `auto` the browser does not always say what it has made of it.
  const names = new Set();
  const read = (rules) => {
    for (const rule of rules) {
      for (const name of rule.style ?? []) if (!/^(--|margin-)/.test(name)) names.add(name);
      read(rule.cssRules ?? []);
    }
  };
  for (const sheet of document.styleSheets) read(sheet.cssRules);
  // Of those that stand alike on a page, the first two are looked at: a long table has thousands.
  const met = new Map();
  const elements = [...document.body.querySelectorAll("*")].filter((element) => {
    const where = [];
    for (let at = element; at !== document.body; at = at.parentElement) where.push(at.tagName, at.className);
    const alike = (met.get(where.join()) ?? 0) + 1;
    met.set(where.join(), alike);
    return alike <= 2;
  });
  const [site, whole] = document.querySelectorAll('link[href*="stylesheets/main."]');
  const looks = (own) => {
    site.sheet.disabled = !own;
    whole.sheet.disabled = own;
    // What is out of sight gets its place, and begins to move, when it is first looked at.
    for (const element of elements) void [element.getBoundingClientRect(), getComputedStyle(element).animationName];
    for (const movement of document.getAnimations()) movement.finish();
    return elements.flatMap((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      const found = [`${element.tagName}.${element.className} ${[x, y, width, height]}`];
      for (const part of ["", "::before", "::after"]) {
        const style = getComputedStyle(element, part);
        if (part && style.content === "none") continue;
        const look = Array.from(names, (name) => `${name}: ${style.getPropertyValue(name)}`).join("; ");
        found.push(`${element.tagName}.${element.className}${part} ${number(look)}`);
      }
      return found;
    });
  };
  return [looks(true), looks(false)];
}"""
_ADD = """() => new Promise((done) => {
  const site = document.querySelector('link[href*="stylesheets/main."]');
  const whole = site.cloneNode();
  whole.href = site.href.replace("main.", "main.whole.");
  whole.onload = done;
  site.after(whole);
})"""
_SWITCHES = "(on) => { for (const box of document.querySelectorAll('.md-toggle')) box.checked = on }"


@pytest.fixture(scope="module")
def whole() -> str:
    """The theme's stylesheet as it comes."""
    package = importlib.util.find_spec("material")
    assert package and package.origin
    [file] = Path(package.origin).parent.glob("templates/assets/stylesheets/main.*.css")
    return file.read_text("utf-8")


@first_of("width, scheme", [1280, 360], ["light", "dark"])
def test_each_page_looks_as_with_all_of_the_themes_stylesheet(
    width: int, scheme: str, stage: Stage, whole: str, among: Among
) -> None:
    page = stage.page(width=width, color_scheme=scheme, reduced_motion="reduce")
    page.route(_WHOLE, lambda route: route.fulfill(body=whole, content_type="text/css"))
    for path in among(KINDS):
        page.goto(path)
        page.evaluate(_ADD)
        for on in (False, True):
            page.evaluate(_SWITCHES, on)
            for medium in ("screen", "print"):
                page.emulate_media(media=medium)
                look, meant = page.evaluate(_LOOKS)
                assert len(look) > 50
                assert [pair for pair in zip(look, meant, strict=True) if pair[0] != pair[1]][:3] == [], path
