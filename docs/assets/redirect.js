// Takes the reader from an old address to the new one, to the same place on the page where it is there.
// A place with an address of its own on this page has its own link, and is followed first.
const own = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
location.replace(own ? own.querySelector("a").href : document.currentScript.dataset.target + location.hash);
