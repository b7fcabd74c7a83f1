// The way so far as a page on paper, and as text to copy. It is filled in from what guide.js shows, and
// is what the page prints as soon as there is a way. Nothing is stored or sent.

const record = document.querySelector(".guide-record");
const wayOnPaper = record.querySelector(".record-way");
// What is said here stands on the element, in the language of the page.
const said = record.dataset;
const BLANK = "_".repeat(30);

function element(tag, attributes = {}, ...children) {
  const made = Object.assign(document.createElement(tag), attributes);
  made.append(...children);
  return made;
}

/** The words of a place, without the link to itself and the numbers to call that stand in it. */
const textOf = (place) => [...place.childNodes].filter((node) => !node.matches?.(".headerlink, .calls, small"))
  .map((node) => node.textContent).join("").replace(/\s+/g, " ").trim();

const asText = element("pre", { className: "guide-text", tabIndex: 0, hidden: true });
const copy = element("button", { type: "button", hidden: true, onclick: copyText }, said.copy);
const tools = element("div", { className: "guide-paper" },
  element("p", { className: "guide-tools" },
    element("button", { type: "button", onclick: () => print() }, said.print),
    element("button", { type: "button", onclick: showText }, said.asText),
    copy),
  asText);
document.querySelector(".guide-side").append(tools);

/** Fills in the day, and under each phase once what it said and asked, with the answers given. */
function fill(parts) {
  record.querySelector(".record-day").textContent = new Date().toLocaleDateString(document.documentElement.lang, { dateStyle: "long" });
  wayOnPaper.replaceChildren();
  let phase = "";
  let list;
  for (const { screen, way } of parts) {
    const name = textOf(screen.querySelector(".guide-phase"));
    if (name !== phase) {
      list = element("ul");
      wayOnPaper.append(element("h3", {}, name), list);
    }
    phase = name;
    for (const step of screen.querySelectorAll(".guide-steps > li")) list.append(element("li", {}, textOf(step)));
    const closing = screen.querySelector(".guide-question, .guide-end");
    const asked = screen.dataset.kind === "question";
    // An end that was gone on from says what the next heading says.
    if (closing && (asked || !way)) {
      list.append(element("li", { className: asked ? "record-asked" : "record-end" }, textOf(closing),
        ...(asked && way ? [" ", element("strong", {}, textOf(way))] : [])));
    }
  }
}

/** The page's lines: what is a heading there has an empty line before it here. */
function lines() {
  return [...record.querySelectorAll(".record-about *, h3, li, .record-lines span")].flatMap((place) => {
    const text = place.matches(".contact") ? [...place.querySelectorAll(":scope > :not(small)")].map(textOf).join(", ") : textOf(place);
    if (place.localName === "h3") return ["", text];
    if (place.localName === "li") return [place.className.startsWith("record") ? text : `- ${text}`];
    return place.closest(".record-lines") ? ["", `${text} ${BLANK}`] : [text];
  });
}

function showText() {
  asText.textContent = `${lines().join("\n")}\n`;
  asText.hidden = false;
  copy.hidden = !navigator.clipboard;
  copy.textContent = said.copy;
  asText.focus();
}

async function copyText() {
  try {
    await navigator.clipboard.writeText(asText.textContent);
    copy.textContent = said.copied;
  } catch {
    getSelection().selectAllChildren(asText); // The browser said no: the reader can copy what is marked.
  }
}

document.addEventListener("guide:shown", ({ detail: { screen, path } }) => {
  record.hidden = tools.hidden = !path.length;
  asText.hidden = copy.hidden = true;
  fill([...path, { screen }]);
});
