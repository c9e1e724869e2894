// Keeps the map while the rest of the answer is swapped: same view, new figures.

const CARRIED = ["areas", "values", "breaks", "middle", "unit", "text-withheld", "link"];
const map = () => document.getElementById("karta");

const follow = () => {
  const state = document.getElementById("kartans-lage");
  const element = map();
  if (!state || !element) return;
  for (const name of CARRIED) {
    const value = state.getAttribute(`data-${name}`) ?? "";
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  }
  const button = document.getElementById("visa-rutor");
  button.hidden = false;
  if (element.hasAttribute("cells")) showCells(button, state);
};

const showCells = async (button, state) => {
  const address = state.dataset.cells;
  const status = document.getElementById("rutor-svar");
  button.setAttribute("aria-pressed", "true");
  map().setAttribute("cells", address);
  const answer = await fetch(address, { credentials: "same-origin" });
  if (answer.ok && status.isConnected) status.textContent = (await answer.json()).note;
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("#visa-rutor");
  if (!button) return;
  if (button.getAttribute("aria-pressed") === "false") {
    showCells(button, document.getElementById("kartans-lage"));
    return;
  }
  button.setAttribute("aria-pressed", "false");
  map().removeAttribute("cells");
  document.getElementById("rutor-svar").textContent = "";
});

// Choosing an area on the map marks its row.
document.addEventListener("sam-map:choose", ({ detail }) => {
  for (const row of document.querySelectorAll("tr[data-code]")) {
    if (row.dataset.code === detail.code) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
});

document.addEventListener("htmx:after:swap", follow);
follow();
