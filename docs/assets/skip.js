// The skip link moves the focus alone. The address stays: in the guide it holds the answers, on a checklist the version
// that was scanned.
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  document.getElementById("content").focus();
});
