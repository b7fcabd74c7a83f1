// Takes the reader from an old address to the new one. A place that has a row here is followed first; any
// other fragment, such as the version in a sheet's QR code, goes along to the new page.
const { target } = document.currentScript.dataset;

function place() {
  try {
    return document.getElementById(decodeURIComponent(location.hash.slice(1)))?.querySelector("a");
  } catch {
    return null; // The address was cut off in the middle of a letter: it names no place.
  }
}

location.replace(place()?.href ?? target + (target.includes("#") ? "" : location.hash));
