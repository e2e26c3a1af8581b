// Two small guards: a form is sent once, and words that are not saved are not lost by a slip.
const waiting = new WeakSet();
const changed = new Set();
const written = (field) => field.matches("textarea, input:not([type=hidden], [type=submit], [type=search]), select");

function warn(event) {
  for (const form of changed) if (!form.isConnected) changed.delete(form);
  if (changed.size) event.preventDefault();
}

function release() {
  for (const button of document.querySelectorAll("[data-sent]")) {
    delete button.dataset.sent;
    button.removeAttribute("aria-disabled");
    waiting.delete(button.form);
  }
}

// What is chosen in a folded list is said on its lid.
function sayChosen(fold) {
  const names = [...fold.querySelectorAll("input:checked")].map((field) => field.labels[0]?.textContent.trim());
  fold.querySelector("[data-chosen]").textContent = names.join(", ");
}

export function guardForms() {
  document.addEventListener("change", (event) => {
    const fold = event.target.closest("[data-fold]");
    if (fold) sayChosen(fold);
  });
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form?.matches("[data-guard]") && written(event.target)) changed.add(form);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    // htmx cancels the ordinary sending and guards its own; a search may be sent as often as one likes.
    if (form.method !== "post" || event.defaultPrevented) {
      changed.delete(form);
      return;
    }
    if (waiting.has(form)) {
      event.preventDefault();
      return;
    }
    changed.delete(form);
    waiting.add(form);
    const button = event.submitter;
    if (button) {
      button.dataset.sent = "";
      button.setAttribute("aria-disabled", "true");
    }
    // A file that is downloaded answers without a new page: open the form again by itself.
    setTimeout(release, 8000);
  });
  addEventListener("pageshow", release);
  addEventListener("beforeunload", warn);
  addEventListener("kp:leaving", () => changed.clear());
}
