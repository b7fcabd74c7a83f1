// The guide's script. The page works without it: answers are links, and CSS shows the screen that the
// address names. This adds focus and the answers so far, and tells the scripts of the map and of the paper
// what is shown: guide:shown, with the screen and the path to it.
//
// All state is in the address's fragment: #screen, or #question/answer/question/answer…/screen with the names
// of the answers. Answers kept while an earlier one is changed are with it in the browser's history. Nothing is
// stored or sent.

const guide = document.querySelector(".guide");
const screens = [...guide.querySelectorAll(":scope > section")];
const first = screens[0];
const answers = [...guide.querySelectorAll('[data-kind="question"] [data-answer]')];
// What is said here stands on the element, in the language of the page.
const said = guide.dataset;

const screenOf = (id) => document.getElementById(id)?.closest(".guide > section");
const ways = (screen) => [...screen.querySelectorAll("[data-answer]")];
// The question where there is one; what stands before it is in the heading's description.
const heading = (screen) => screen.querySelector(".guide-question") ?? screen.querySelector("h2") ?? screen.querySelector(".guide-phase");
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

/** Whether ways lead from one screen to another: only then does an answer given to it still hold. */
function reaches(from, to, seen = new Set()) {
  if (from === to) return true;
  if (seen.has(from)) return false;
  seen.add(from);
  return ways(from).some((way) => reaches(targetOf(way), to, seen));
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

/** The answers given after this place and kept for it; the browser's history holds their names, the address does not. */
function keptAnswers() {
  return Array.isArray(history.state) ? history.state.map(answerAt).filter(Boolean) : [];
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
const back = element("a", {}, said.back);
const notice = element("p", { id: "guide-stopped", className: "guide-stopped", role: "status" }, said.unknownAnswer);
const log = element("section", { className: "guide-log" }, element("h2", {}, said.answers), list);
log.setAttribute("aria-label", said.answers);
const side = guide.querySelector(".guide-side");
side.querySelector(".guide-way").after(log);
side.hidden = false;
guide.classList.add("guide-live");
// A page cannot know where its reader came from; the path does.
for (const link of guide.querySelectorAll(".guide-back a:not(.guide-restart)")) link.remove();
const pageTitle = document.title;

let state;

function show() {
  const { screen, path, later } = state;
  for (const other of screens) other.classList.toggle("guide-shown", other === screen);
  for (const answer of answers) {
    answer.dataset.mark = said.yourAnswer;
    if (later.includes(answer)) answer.setAttribute("aria-current", "true");
    else answer.removeAttribute("aria-current");
  }
  document.title = `${textOf(screen.querySelector(".guide-question") ?? screen.querySelector(".guide-phase"))} – ${pageTitle}`;
  back.remove();
  if (path.length) screen.querySelector(".guide-back")?.prepend(backTo(path.length - 1, back));
  list.replaceChildren(
    ...path.flatMap(({ way }, index) => (answers.includes(way) ? row(way, backTo(index, changeOf(way))) : [])),
    ...later.map((way) => row(way)));
  log.hidden = !list.children.length;
  notice.remove();
  describe(heading(screen), state.stopped);
  document.dispatchEvent(new CustomEvent("guide:shown", { detail: state }));
}

/** Says before the heading, and in its description, that an answer is not known, where that is so. */
function describe(title, stopped) {
  const before = (title.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== notice.id);
  if (stopped) title.before(notice);
  title.setAttribute("aria-describedby", [...(stopped ? [notice.id] : []), ...before].join(" "));
}

/** A question with its answer, and with a link to it where it is on the path. */
function row(way, ...change) {
  const question = textOf(way.closest("section").querySelector(".guide-question"));
  return element("li", {}, `${question} `, element("strong", {}, textOf(way)), " ", ...change);
}

function changeOf(way) {
  const question = textOf(way.closest("section").querySelector(".guide-question"));
  return element("a", {}, said.change, element("span", { className: "guide-hidden" }, ` ${said.changeAnswer.replace("{question}", () => question)}`));
}

/** Makes the link lead to the screen with this place on the path; the answers given from there on are kept. */
function backTo(index, link) {
  link.href = addressOf({ screen: state.path[index].screen, path: state.path.slice(0, index) });
  link.dataset.back = index;
  return link;
}

function go(next, { push }) {
  state = next;
  history[push ? "pushState" : "replaceState"](state.later.map((way) => way.dataset.answer), "", addressOf(state));
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

/** Takes a way on. Answers after it are kept as far as they are still met. */
function take(way) {
  const [screen, target] = [way.closest("section"), targetOf(way)];
  const later = state.later.map((answer) => [answer, answer.closest("section")])
    .filter(([, asked]) => asked !== screen && reaches(target, asked)).map(([answer]) => answer);
  go({ screen: target, path: [...state.path, { screen, way }], later }, { push: true });
}

/** Goes back to a place on the path, and keeps the answers given from there on. */
function returnTo(index) {
  const given = state.path.slice(index).map(({ way }) => way).filter((way) => answers.includes(way));
  go({ screen: state.path[index].screen, path: state.path.slice(0, index), later: [...given, ...state.later] }, { push: true });
}

guide.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-answer], a[data-back]");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  if (link.dataset.answer) take(link);
  else returnTo(Number(link.dataset.back));
});

// Back, forward, a pasted address, the link that starts again and the drawing's links. Not popstate: after that
// the browser still goes to the place with the address's name, and takes the focus away.
addEventListener("hashchange", () => {
  if (!leadsElsewhere()) go({ ...read(), later: keptAnswers() }, { push: false });
});

state = { ...read(), later: keptAnswers() };
show();
if (location.hash.length > 1 && !leadsElsewhere()) {
  go(state, { push: false });
  // The browser goes to the place with the address's name when it first draws the page, and takes the focus away.
  addEventListener("load", () => requestAnimationFrame(() => setTimeout(() => {
    if (document.activeElement === document.body) focusScreen();
  })));
}
