// A checklist's page: print, untick, and tell whoever scanned a sheet whether it is the current one.
// Ticks live in the page alone. A browser itself brings them back when the reader does, as it does with any form.
const frame = document.querySelector(".sheet");
const boxes = () => document.querySelectorAll(".task input");
const [print, reset, version] = [".sheet-print", ".sheet-reset", ".sheet-status"].map((name) => frame.querySelector(name));

print.hidden = reset.hidden = false;
print.addEventListener("click", () => window.print());
reset.addEventListener("click", () => boxes().forEach((box) => { box.checked = false; }));

/** Says whether the scanned sheet, whose version the address carries, is the one that stands here. */
function compare() {
  const scanned = location.hash.slice(1);
  // Before its day, each version has the same name.
  const name = version.dataset.version?.replace(/[0-9].*/, "");
  const known = Boolean(name) && scanned.startsWith(name);
  const current = scanned === version.dataset.version;
  version.classList.toggle("sheet-old", known && !current);
  // What is said stands on the element, in the language of the page.
  version.textContent = known ? version.dataset[current ? "current" : "old"] : "";
}

compare();
addEventListener("hashchange", compare);
