// Leave fast: what stood on the screen goes at once, drafts are forgotten, and this page gives up its place in the
// history. The steps before it are the browser's own and stay.
import { forgetDrafts } from "./drafts.js";

const PAUSE = 700;

function leave(link) {
  forgetDrafts();
  window.onbeforeunload = null;
  dispatchEvent(new Event("kp:leaving"));
  document.title = "…";
  document.body.replaceChildren();
  location.replace(link.href);
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
