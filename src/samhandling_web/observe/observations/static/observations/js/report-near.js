// Before it is kept: has somebody else already reported it? Asked only where there is network.

const WAIT_MS = 4_000;

const middleOf = (geometry) => {
  if (!geometry) return null;
  const corners = geometry.type === "Point" ? [geometry.coordinates] : geometry.type === "LineString" ? geometry.coordinates : geometry.coordinates[0];
  const mean = (at) => corners.reduce((sum, corner) => sum + corner[at], 0) / corners.length;
  return [mean(0), mean(1)];
};

const asked = async (address, entry) => {
  const query = new URLSearchParams({ category: entry.category, start: entry.start_at, end: entry.end_at, place_name: entry.place_name });
  const middle = middleOf(entry.geometry);
  if (middle) {
    query.set("longitude", middle[0]);
    query.set("latitude", middle[1]);
  }
  const answer = await fetch(`${address}?${query}`, { credentials: "same-origin", redirect: "manual", signal: AbortSignal.timeout(WAIT_MS) });
  return answer.ok ? (await answer.json()).near : [];
};

const card = (one) => {
  const part = document.getElementById("mall-liknande").content.cloneNode(true);
  const say = (name, text) => {
    part.querySelector(`[data-${name}]`).textContent = text;
  };
  say("title", [one.category, one.place].filter(Boolean).join(", "));
  for (const name of ["when", "severity", "status", "organisation"]) say(name, one[name]);
  say("told", one.text);
  part.querySelector("[data-same]").value = one.id;
  return part;
};

// To the question that waits for an answer, if one does.
export const showNear = () => {
  const section = document.getElementById("liknande");
  if (section.hidden) return;
  section.focus();
  section.scrollIntoView({ block: "start" });
};

// Answers with the number it is the same as, or null; without network it does not ask.
export const nearChosen = async (form, entry) => {
  if (!navigator.onLine) return null;
  let near;
  try {
    near = await asked(form.dataset.near, entry);
  } catch {
    return null;
  }
  if (!near.length) return null;
  const section = document.getElementById("liknande");
  section.querySelector("[data-near-list]").replaceChildren(...near.map(card));
  section.hidden = false;
  showNear();
  return new Promise((resolve) => {
    const answer = ({ target }) => {
      const button = target.closest("button");
      if (!button) return;
      section.removeEventListener("click", answer);
      section.hidden = true;
      resolve("same" in button.dataset ? Number(button.value) : null);
    };
    section.addEventListener("click", answer);
  });
};
