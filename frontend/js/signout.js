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

// A page where nobody is signed in: the session is over, so the key goes. What is sealed waits for the same person.
function lockLeft(who) {
  const request = indexedDB.open(`kp-min-vei-${who}`);
  request.onupgradeneeded = () => request.transaction.abort();
  request.onsuccess = () => {
    request.result.transaction("key", "readwrite").objectStore("key").delete("aes");
    request.result.close();
  };
}

export function guardSignOut() {
  try {
    const form = document.querySelector("form[data-forget]");
    if (localStorage.getItem(LATER) && !document.querySelector("[data-at=offline]")) {
      localStorage.removeItem(LATER);
      if (form) return form.submit();
    }
    const [, left] = (localStorage.getItem(FLAG) ?? "").split(" ");
    if (left && !form && document.querySelector(".kp-head") && !document.querySelector("[data-at=offline], [data-at=alone]")) lockLeft(left);
    form?.addEventListener("submit", (event) => {
      const [state, who] = (localStorage.getItem(FLAG) ?? "").split(" ");
      if (!who) return;
      event.preventDefault();
      if (state === "unsent" && form.dataset.unsent) location.assign(form.dataset.unsent);
      else clear(form, who);
    });
  } catch { /* storage is shut: nothing is kept here either */ }
}
