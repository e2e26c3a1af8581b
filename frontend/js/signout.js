// Signing out clears what this device kept of a journey, and asks first when something is not sent.
const FLAG = "kp:device";
const LATER = "kp:sign-out";

function clear(form, who) {
  const away = indexedDB.deleteDatabase(`kp-min-vei-${who}`);
  const go = () => form.submit();
  localStorage.removeItem(FLAG);
  away.onsuccess = away.onerror = go;
  setTimeout(go, 3000);
}

export function guardSignOut() {
  try {
    const form = document.querySelector("form[data-forget]");
    if (localStorage.getItem(LATER) && !document.querySelector("[data-at=offline]")) {
      localStorage.removeItem(LATER);
      if (form) return form.submit();
    }
    form?.addEventListener("submit", (event) => {
      const [state, who] = (localStorage.getItem(FLAG) ?? "").split(" ");
      if (!who) return;
      event.preventDefault();
      if (state === "unsent" && form.dataset.unsent) location.assign(form.dataset.unsent);
      else clear(form, who);
    });
  } catch { /* storage is shut: nothing is kept here either */ }
}
