// Leave fast: what stood on the screen goes at once, drafts are forgotten, and this page gives up its place in the
// history. Whoever steps back from there in the same tab gets sent away again, page by page.
import { forgetDrafts } from "./drafts.js";

const PAUSE = 1200;
const LEFT = "kp:left";

function leave(link) {
  forgetDrafts();
  window.onbeforeunload = null;
  dispatchEvent(new Event("kp:leaving"));
  try {
    sessionStorage.setItem(LEFT, "1");
  } catch { /* storage is shut: the steps before are the browser's own */ }
  document.title = "…";
  document.body.replaceChildren();
  location.replace(link.href);
}

// A page that the back button brings up after somebody has left shows nothing, and leaves again.
export function hideAfterExit() {
  const link = document.querySelector("[data-quick-exit]");
  const check = (isBack) => {
    try {
      if (!sessionStorage.getItem(LEFT)) return;
      if (isBack && link) leave(link);
      else sessionStorage.removeItem(LEFT);
    } catch { /* as above */ }
  };
  check(performance.getEntriesByType("navigation")[0]?.type === "back_forward");
  addEventListener("pageshow", (event) => event.persisted && check(true));
}

export function quickExit() {
  const link = document.querySelector("[data-quick-exit]");
  if (!link) return;
  let last = 0;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave(link);
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.repeat) return;
    if (event.timeStamp - last < PAUSE) leave(link);
    last = event.timeStamp;
  }, true);
}
