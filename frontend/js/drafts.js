// Keeps what is being written, in this tab only (sessionStorage), and only in fields that ask for it with
// data-draft="<key>". Gone when the form is saved, at sign-out and at quick exit.
const PREFIX = "kp:draft:";
const WAIT = 400;

export function forgetDrafts() {
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
  } catch { /* storage is shut: there is nothing to forget */ }
}

function restore(field, key) {
  const kept = sessionStorage.getItem(key);
  if (kept === null || kept === field.value) return;
  if (field.value.trim() === "") {
    field.value = kept;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function keep(field) {
  const key = PREFIX + location.pathname + ":" + field.dataset.draft;
  let timer = 0;
  restore(field, key);
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (field.value) sessionStorage.setItem(key, field.value);
      else sessionStorage.removeItem(key);
    }, WAIT);
  });
  // If the save fails the server sends the words back in the field, so they can go from here.
  field.form?.addEventListener("submit", () => {
    clearTimeout(timer);
    sessionStorage.removeItem(key);
  });
}

export function keepDrafts() {
  try {
    for (const field of document.querySelectorAll("[data-draft]")) keep(field);
  } catch { /* storage is shut: the field works as before */ }
  for (const form of document.querySelectorAll("form[data-forget]")) form.addEventListener("submit", forgetDrafts);
}
