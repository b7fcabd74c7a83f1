// The guide's script. The page works without it: answers are links, and CSS shows the screen that the
// address names. This adds focus, the answers so far, the way in the diagram, and the way as text.
//
// All state is in the address's fragment: #screen, or #question/answer/question/answer…/screen with the names
// of the answers. Nothing is stored or sent.

const guide = document.querySelector(".guide");
const screens = [...guide.querySelectorAll(":scope > section")];
const first = screens[0];
const answers = [...guide.querySelectorAll('[data-kind="question"] [data-answer]')];
const TEXT = {
  answers: "Dine svar",
  change: "Ret",
  changeOf: (question) => `svaret på »${question}«`,
  print: "Udskriv forløbet",
  asText: "Forløbet som tekst",
  copy: "Kopiér",
  copied: "Kopieret",
  record: "Vejledning – ikke et notat på sagen",
  blanks: ["Gjort af", "Dato"],
  stopped: "Et svar i adressen kendes ikke her. Du er så langt, som de kendte svar fører.",
};

const screenOf = (id) => document.getElementById(id)?.closest(".guide > section");
const ways = (screen) => [...screen.querySelectorAll("[data-answer]")];
const heading = (screen) => screen.querySelector("h2");
const targetOf = (way) => screenOf(way.hash.slice(1));
// What comes first may be the empty mark of an address from before.
const textOf = (element) => [...element.childNodes].map((node) => node.textContent.trim()).find(Boolean) ?? "";

/** The answer with this address (`question/name`). One that has moved has its old id inside the new one's. */
const answerAt = (address) => [address, document.getElementById(address)?.parentElement.id]
  .map((id) => answers.find((link) => link.dataset.answer === id)).find(Boolean);

/** Goes on from a screen, along the ways that are no answers, to the screen that is meant or as far as they go. */
function onward(screen, goal) {
  const path = [];
  while (screen !== goal && screen.dataset.kind !== "question" && ways(screen).length) {
    const [way] = ways(screen);
    path.push({ screen, way });
    screen = targetOf(way);
  }
  return { screen, path };
}

/**
 * Replays the answers of an address, and goes on to the screen that ends it. They may begin at any question. Where
 * an answer is not known, or is not one to the question met, it stops there: no answer is guessed, and none skipped.
 */
function replay(given, end) {
  const start = answerAt(given[0])?.closest("section") ?? screenOf(given[0].split("/")[0]);
  let { screen, path } = onward(first, start);
  if (screen !== start && start?.dataset.kind === "question") [screen, path] = [start, []];
  for (const address of given) {
    const way = answerAt(address);
    const met = onward(screen, way?.closest("section"));
    [screen, path] = [met.screen, [...path, ...met.path]];
    if (!ways(screen).includes(way)) return { screen, path, stopped: true };
    path.push({ screen, way });
    screen = targetOf(way);
  }
  if (end === undefined) return { screen, path };
  const met = onward(screen, screenOf(end));
  return met.screen === screenOf(end) ? { screen: met.screen, path: [...path, ...met.path] } : { screen, path, stopped: true };
}

/** Reads the address: the answers where there are some, else the screen that it names, else the first. */
function read() {
  const parts = fragment().split("/");
  const given = [];
  while (parts.length > 1) given.push(parts.splice(0, 2).join("/"));
  const named = screenOf(fragment());
  if (given.length && (answerAt(given[0]) || !named)) return replay(given, parts[0]);
  const screen = named || first;
  if (screen === state?.screen) return { screen, path: state.path };
  const met = state?.path.findIndex((part) => part.screen === screen) ?? -1;
  return { screen, path: met < 0 ? [] : state.path.slice(0, met) };
}

function fragment() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return ""; // The address was cut off in the middle of a letter: it names no screen.
  }
}

/** Whether the address names a place on the page outside the guide: then it is not ours to change. */
function leadsElsewhere() {
  const place = document.getElementById(fragment());
  return place !== null && !guide.contains(place);
}

function addressOf({ screen, path }) {
  const given = path.map(({ way }) => way).filter((way) => answers.includes(way));
  if (given.length && targetOf(given.at(-1)) === screen) return "#" + given.map((way) => way.dataset.answer).join("/");
  return "#" + [...given.map((way) => way.dataset.answer), screen.id].join("/");
}

function element(tag, attributes = {}, ...children) {
  const made = Object.assign(document.createElement(tag), attributes);
  made.append(...children);
  return made;
}

const list = element("ol");
const notice = element("p", { id: "guide-stopped", className: "guide-stopped", role: "status" }, TEXT.stopped);
const record = element("pre", { tabIndex: 0, hidden: true, className: "guide-record" });
const copy = element("button", { type: "button", hidden: true, onclick: copyRecord }, TEXT.copy);
const tools = element("p", { className: "guide-tools" },
  element("button", { type: "button", onclick: printRecord }, TEXT.print),
  element("button", { type: "button", onclick: showRecord }, TEXT.asText),
  copy);
const log = element("section", { className: "guide-log" }, element("h2", {}, TEXT.answers), list, tools, record);
log.setAttribute("aria-label", TEXT.answers);
const drawings = guide.querySelector(".guide-drawings");
const side = element("div", { className: "guide-side" }, log, drawings);
drawings.hidden = false;
guide.append(side);
guide.classList.add("guide-live");

let state;

function show() {
  for (const screen of screens) screen.classList.toggle("guide-shown", screen === state.screen);
  list.replaceChildren(...state.path
    .map((part, index) => ({ ...part, index }))
    .filter(({ screen }) => screen.dataset.kind === "question")
    .map(({ screen, way, index }) => {
      const question = textOf(screen.querySelector(".guide-question"));
      const change = element("a", { href: addressOf({ screen, path: state.path.slice(0, index) }) }, TEXT.change,
        element("span", { className: "guide-hidden" }, ` ${TEXT.changeOf(question)}`));
      return element("li", {}, `${question} `, element("strong", {}, way.textContent), " ", change);
    }));
  log.hidden = !list.children.length;
  notice.remove();
  heading(state.screen).removeAttribute("aria-describedby");
  if (state.stopped) {
    heading(state.screen).before(notice);
    heading(state.screen).setAttribute("aria-describedby", notice.id);
  }
  record.hidden = copy.hidden = true;
  highlight();
}

/** Marks the nodes on the way so far in the drawings, and shows the drawing of the phase we are in. */
function highlight() {
  const visited = [...state.path.map(({ screen }) => screen), state.screen];
  const ids = visited.flatMap((screen) => [screen, ...screen.querySelectorAll(".guide-steps [id], .guide-phase[id]")].map(({ id }) => id));
  const flow = state.screen.dataset.node.split(".")[0];
  for (const node of drawings.querySelectorAll(".flow-node")) {
    const id = node.id.slice(2);
    node.classList.toggle("flow-visited", ids.includes(id));
    if (id === state.screen.id) node.setAttribute("aria-current", "step");
    else node.removeAttribute("aria-current");
  }
  for (const drawing of drawings.children) drawing.hidden = drawing.dataset.flow !== flow;
  scrollDrawing();
}

/** Brings the node we are at into the drawing's frame; a drawing that is shut has no frame to scroll. */
function scrollDrawing() {
  const frame = drawings.querySelector("details:not([hidden]) .flow-frame");
  const current = frame?.querySelector("[aria-current]");
  if (current) {
    const [inner, outer] = [current.getBoundingClientRect(), frame.getBoundingClientRect()];
    frame.scrollTop += inner.top - outer.top - (outer.height - inner.height) / 2;
    frame.scrollLeft += inner.left - outer.left - (outer.width - inner.width) / 2;
  }
}

function go(next, { push }) {
  state = next;
  history[push ? "pushState" : "replaceState"](null, "", addressOf(state));
  show();
  focusScreen();
}

function focusScreen() {
  const title = heading(state.screen);
  title.tabIndex = -1;
  title.focus({ preventScroll: true });
  const { top } = state.screen.getBoundingClientRect();
  if (top < 0 || top > innerHeight / 2) state.screen.scrollIntoView();
}

guide.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-answer]");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  const screen = link.closest("section");
  go({ screen: targetOf(link), path: [...state.path, { screen, way: link }] }, { push: true });
});

// Back, forward, a pasted address, "Ret", "Start forfra" and the drawing's links. Not popstate: after that
// the browser still goes to the place with the address's name, and takes the focus away.
addEventListener("hashchange", () => {
  if (!leadsElsewhere()) go(read(), { push: false });
});

function recordText() {
  const lines = [TEXT.record, new Date().toLocaleDateString("da-DK", { dateStyle: "long" }), ""];
  let phase = "";
  for (const { screen, way } of [...state.path, { screen: state.screen }]) {
    const here = textOf(screen.querySelector(".guide-phase"));
    if (here !== phase) lines.push(here, "");
    phase = here;
    for (const step of screen.querySelectorAll(".guide-steps li")) lines.push(`- ${textOf(step)}`);
    const closing = screen.querySelector(".guide-question, .guide-end");
    if (closing) lines.push(`${textOf(closing)}${way && screen.dataset.kind === "question" ? ` ${way.textContent}` : ""}`);
    if (lines.at(-1)) lines.push("");
  }
  for (const blank of TEXT.blanks) lines.push(`${blank}: ______________________________`, "");
  return lines.join("\n");
}

function showRecord() {
  record.textContent = recordText();
  record.hidden = false;
  copy.hidden = !navigator.clipboard;
  copy.textContent = TEXT.copy;
  record.focus();
}

function printRecord() {
  showRecord();
  document.documentElement.classList.add("guide-printing");
  addEventListener("afterprint", () => document.documentElement.classList.remove("guide-printing"), { once: true });
  print();
}

async function copyRecord() {
  try {
    await navigator.clipboard.writeText(record.textContent);
    copy.textContent = TEXT.copied;
  } catch {
    getSelection().selectAllChildren(record); // The browser said no: the reader can copy what is marked.
  }
}

state = read();
for (const drawing of drawings.children) {
  drawing.open = matchMedia("(min-width: 60em)").matches;
  drawing.addEventListener("toggle", scrollDrawing);
}
show();
if (location.hash.length > 1 && !leadsElsewhere()) {
  go(state, { push: false });
  // The browser goes to the place with the address's name when it first draws the page, and takes the focus away.
  addEventListener("load", () => requestAnimationFrame(() => setTimeout(() => {
    if (document.activeElement === document.body) focusScreen();
  })));
}
