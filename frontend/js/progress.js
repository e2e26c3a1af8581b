// Asks how far a job has come and sets the answer in its place, until the answer no longer asks to be asked.
// The address answers a whole page or only the fragment; either way the part with role=status is taken.
const FIRST = 1500;
const SLOWEST = 15000;

async function ask(place, pause) {
  if (!place.isConnected) return;
  if (document.hidden) return void setTimeout(ask, pause, place, pause);
  try {
    const answer = await fetch(place.dataset.poll, { headers: { "X-Requested-With": "fetch" }, credentials: "same-origin" });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector(".kp-progress");
    if (!fresh) return void location.reload();
    // Kept in place so that a screen reader hears the change, and only the change.
    place.replaceChildren(...fresh.childNodes);
    if (!fresh.dataset.poll) {
      place.removeAttribute("data-poll");
      if (fresh.dataset.then ?? place.dataset.then) location.assign(fresh.dataset.then ?? place.dataset.then);
      return;
    }
    place.dataset.poll = fresh.dataset.poll;
  } catch { /* a bad line: try again, more slowly */ }
  const next = Math.min(pause * 1.3, SLOWEST);
  setTimeout(ask, next, place, next);
}

export function pollProgress() {
  for (const place of document.querySelectorAll("[data-poll]")) setTimeout(ask, FIRST, place, FIRST);
}
