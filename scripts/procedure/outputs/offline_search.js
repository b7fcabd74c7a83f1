// Stands in for the worker that the theme searches in: a page opened from a folder may start none. In the offline
// copy the worker's program is a function, `searchProgram`, of what it else finds in a worker; it runs in the page.
window.Worker = class extends EventTarget {
  #asked = new EventTarget();
  #ready;

  constructor(address) {
    super();
    const place = new URL(address, location);
    const load = (name) => new Promise((resolve) => {
      const script = document.createElement("script");
      document.head.append(Object.assign(script, { src: new URL(name, place), async: false, onload: resolve }));
    });
    const hear = (type, heard) => this.#asked.addEventListener(type, heard);
    const answer = (data) => this.dispatchEvent(new MessageEvent("message", { data }));
    const take = (...names) => Promise.all(names.map(load));
    this.#ready = load(place).then(() => searchProgram(hear, answer, take));
  }

  postMessage(data) {
    this.#ready.then(() => this.#asked.dispatchEvent(new MessageEvent("message", { data })));
  }
};
