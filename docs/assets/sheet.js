// A checklist's page: print, untick, and tell whoever scanned a sheet whether it is the current one.
// Ticks live in the page alone: they are gone when it is closed or reloaded.
const frame = document.querySelector(".sheet");
const boxes = () => document.querySelectorAll(".task input");
const [print, reset, version] = [".sheet-print", ".sheet-reset", ".sheet-version"].map((name) => frame.querySelector(name));

print.hidden = reset.hidden = false;
print.addEventListener("click", () => window.print());
reset.addEventListener("click", () => boxes().forEach((box) => { box.checked = false; }));

function compare() {
  const scanned = location.hash.slice(1);
  if (!scanned.startsWith("udgave-")) return;
  const current = scanned === version.dataset.version;
  version.classList.toggle("sheet-old", !current);
  version.textContent = current
    ? `Dit papir er den gældende udgave. ${version.firstChild.textContent}`
    : `Dit papir er fra en ældre udgave. ${version.dataset.change ? `Det nye: ${version.dataset.change}. ` : ""}${version.firstChild.textContent}`;
}

compare();
