// What a page says until a day, it no longer says after it: an old copy, or a forgotten server, then says so itself.
for (const late of document.querySelectorAll("[data-after]")) {
  late.hidden = Date.now() < Date.parse(`${late.dataset.after}T24:00`);
}
