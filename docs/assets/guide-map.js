// Beside the guide: the phases passed and the present one in the map, the present phase's way as a list,
// and the same way in its drawing. What is shown comes from guide.js; nothing is kept here.

const map = document.querySelector(".guide-way .map");
const met = document.querySelector(".guide-met");
const drawing = document.querySelector(".guide-drawing");

const flowOf = (screen) => screen.dataset.node.split(".")[0];

function element(tag, attributes = {}, ...children) {
  const made = Object.assign(document.createElement(tag), attributes);
  made.append(...children);
  return made;
}

/** The words of a place, without the link to itself and the numbers to call that stand in it. */
const textOf = (place) => [...place.childNodes].filter((node) => !node.matches?.(".headerlink, .calls, small"))
  .map((node) => node.textContent).join("").replace(/\s+/g, " ").trim();

function markPhases(here, passed) {
  for (const box of map.querySelectorAll("[data-phase]")) {
    const { phase } = box.dataset;
    const state = phase === here ? "here" : passed.includes(phase) ? "passed" : "";
    box.dataset.state = state;
    box.querySelector(".map-state")?.remove();
    if (state) box.append(element("span", { className: "map-state" }, map.dataset[state]));
    if (state === "here") box.setAttribute("aria-current", "step");
    else box.removeAttribute("aria-current");
  }
}

/** Lists what the present phase has said and asked before this screen, with the answers given. */
function listWay(parts) {
  met.replaceChildren(...parts.flatMap(({ screen, way }) => {
    const rows = [...screen.querySelectorAll(".guide-steps > li")].map((step) => element("li", {}, textOf(step)));
    const question = screen.querySelector(".guide-question");
    if (question) rows.push(element("li", {}, textOf(question), " ", element("strong", {}, textOf(way))));
    return rows;
  }));
  met.hidden = !met.children.length;
}

/** Marks the nodes on the way so far, and shows the drawing of the phase we are in. */
function markNodes(screen, visited) {
  const ids = visited.flatMap((met) => [met, ...met.querySelectorAll(".guide-steps > [id], .guide-phase")].map(({ id }) => id));
  for (const node of drawing.querySelectorAll(".flow-node")) {
    const id = node.dataset.node;
    node.classList.toggle("flow-visited", ids.includes(id));
    node.classList.toggle("flow-here", id === screen.id);
  }
  for (const frame of drawing.querySelectorAll("[data-flow]")) frame.hidden = frame.dataset.flow !== flowOf(screen);
  scrollDrawing();
}

/** Brings the node we are at into the drawing's frame; a drawing that is shut has no frame to scroll. */
function scrollDrawing() {
  const frame = drawing.open && drawing.querySelector("[data-flow]:not([hidden])");
  const here = frame && frame.querySelector(".flow-here");
  if (here) {
    const [inner, outer] = [here.getBoundingClientRect(), frame.getBoundingClientRect()];
    frame.scrollTop += inner.top - outer.top - (outer.height - inner.height) / 2;
    frame.scrollLeft += inner.left - outer.left - (outer.width - inner.width) / 2;
  }
}

drawing?.addEventListener("toggle", scrollDrawing);
document.addEventListener("guide:shown", ({ detail: { screen, path } }) => {
  const here = flowOf(screen);
  const parts = path.filter((part) => flowOf(part.screen) === here);
  markPhases(here, path.map((part) => flowOf(part.screen)));
  listWay(parts);
  if (drawing) markNodes(screen, [...parts.map((part) => part.screen), screen]);
});
