// Our own small behaviours. Every page reads and works without them; nothing here is needed to be safe.
import { keepDrafts } from "./drafts.js";
import { guardForms } from "./forms.js";
import { countLetters } from "./counter.js";
import { pollProgress } from "./progress.js";
import { fillCode } from "./codes.js";
import { hideAfterExit, quickExit } from "./exit.js";
import { letPeopleSpeak } from "./record.js";
import { guardSignOut } from "./signout.js";

hideAfterExit();
quickExit();
guardSignOut();
guardForms();
keepDrafts();
countLetters();
pollProgress();
letPeopleSpeak();
fillCode();

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-print]")) window.print();
});
// On paper, what was folded away is part of the page.
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("main details:not([open])")) {
    details.open = true;
    details.dataset.openedForPrint = "";
  }
});
addEventListener("afterprint", () => {
  for (const details of document.querySelectorAll("[data-opened-for-print]")) {
    details.open = false;
    delete details.dataset.openedForPrint;
  }
});
document.querySelector(":not([data-name]) > form > [data-error-summary]")?.focus();
