// A checklist's page: print, untick, and tell whoever scanned a sheet that nothing is known of its version here.
// What has changed since a version that is known is in the page: sheet.css shows it to whoever comes for it.
// Ticks live in the page alone. A browser itself brings them back when the reader does, as it does with any form.
const frame = document.querySelector(".sheet");
const boxes = () => document.querySelectorAll(".task input");
const [print, reset, unknown] = [".sheet-print", ".sheet-reset", ".sheet-unknown"].map((name) => frame.querySelector(name));

print.hidden = reset.hidden = false;
print.addEventListener("click", () => window.print());
reset.addEventListener("click", () => boxes().forEach((box) => { box.checked = false; }));

function meet() {
  const scanned = location.hash.slice(1);
  unknown.hidden = !scanned.startsWith(unknown.dataset.versions) || document.getElementById(scanned) !== null;
}

meet();
addEventListener("hashchange", meet);
