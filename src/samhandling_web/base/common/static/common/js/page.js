// What every page has: dialogs, menus that close, messages that can be put away, errors in focus.

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  const dialog = opener && document.getElementById(opener.dataset.opens);
  if (dialog?.showModal) {
    event.preventDefault();
    dialog.showModal();
  }
  event.target.closest("[data-toast-close]")?.closest("[data-toast]").remove();
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

const unfoldForPrint = () => {
  for (const details of document.querySelectorAll("details[data-open-in-print]:not([open])")) {
    details.open = true;
    details.dataset.foldAgain = "";
  }
};
const foldAfterPrint = () => {
  for (const details of document.querySelectorAll("details[data-fold-again]")) {
    details.open = false;
    delete details.dataset.foldAgain;
  }
};
window.addEventListener("beforeprint", unfoldForPrint);
window.addEventListener("afterprint", foldAfterPrint);

for (const button of document.querySelectorAll("[data-toast-close]")) button.hidden = false;
document.querySelector("[data-focus-now]")?.focus();

// The map library is large: it is fetched only where there is a map.
const wakeMaps = () => {
  for (const name of ["sam-map", "sam-draw"]) {
    if (document.querySelector(`${name}:not(:defined)`)) import(`./${name}.js`);
  }
};
wakeMaps();
document.addEventListener("htmx:after:swap", wakeMaps);
