// The journey on a bad line: what is written is kept sealed on the device first, and sent once. Without this script
// every form works as before.
import { ALONE, Box, canKeep, flag, lockOthers } from "./store.js";
import { refresh, send, waiting } from "./queue.js";
import { alonePage, carryPage, disagreePage, keepForms, leavePage, offlinePage, tieForms } from "./pages.js";

const line = document.querySelector("[data-device]");
const TRIES = [0, 1000, 3000, 8000, 20000]; // a line that comes back may fail once or twice before it holds

function say(key, n = "", link = "") {
  const text = line.dataset[key]?.replace("{n}", n) ?? "";
  line.replaceChildren(text);
  if (link) {
    const there = document.createElement("a");
    there.className = "ds-link";
    there.href = link;
    there.textContent = line.dataset.look;
    line.append(" ", there);
  }
  line.hidden = !text;
}

async function sayWaiting(box, how) {
  const items = (await box.key()) ? await waiting(box) : [];
  const number = await box.count();
  if (items.some((item) => item.state !== "waiting") && line.dataset.at === "disagree") say("");
  else if (items.some((item) => item.state !== "waiting")) say("disagree", "", line.dataset.disagreeAt);
  else if (how === "signed-out" && number) say("again", number, line.dataset.signIn);
  else if (number) say(number === 1 ? "one" : "many", number);
  else if (!line.dataset.at && (await hasAlone())) say("alone", "", line.dataset.carryAt);
  else say("");
}

async function hasAlone() {
  const known = (await indexedDB.databases?.()) ?? [];
  if (!known.some((db) => db.name.endsWith(ALONE))) return false;
  const box = await Box.of(ALONE);
  const number = await box.count();
  box.db.close();
  return number > 0;
}

const config = {
  home: line?.dataset.home, of: line?.dataset.of, send: line?.dataset.send, isShell: line?.dataset.at === "offline",
  token: document.querySelector("form[data-forget] [name=csrfmiddlewaretoken]")?.value ?? "",
};

// Sent: on to where the page leads. Not sent: it is safe here, and the line says so.
async function afterKeeping(box, item, form) {
  const how = await send(box, config, "saved");
  const mine = (await box.key()) ? (await waiting(box)).find((one) => one.note === item.note) : null;
  if (mine?.state === "refused" && !config.isShell) {
    await box.drop(mine.id);
    form.submit();
    return;
  }
  if (mine && mine.state !== "waiting" && how === "sent") location.assign(line.dataset.disagreeAt);
  else if (how === "sent" || navigator.serviceWorker?.controller) location.assign(form.dataset.then || location.href);
  else {
    form.reset();
    await sayWaiting(box, how);
    line.focus();
  }
}

async function signedIn(who) {
  await lockOthers(who);
  const box = await Box.of(who);
  const isThere = await box.key();
  const how = await refresh(box, config);
  if (how !== "open" && !isThere) return;
  await tieForms(box);
  const at = line.dataset.at;
  if (!at) keepForms(box, config, (item, form) => afterKeeping(box, item, form));
  const sent = at === "leave" || at === "disagree" ? "" : await send(box, config);
  await sayWaiting(box, sent || how);
  if (at === "disagree") {
    await disagreePage(box, config, async () => location.reload());
  } else if (at === "leave") await leavePage(box, config);
  else if (at === "carry") await carryPage(box, config, (how) => sayWaiting(box, how));
  whenLineIsBack(async () => {
    const how = await send(box, config);
    await sayWaiting(box, how);
    return how !== "offline";
  });
}

// Try when the browser says the line is back, and again a few times while it says so: true when it went through.
function whenLineIsBack(attempt) {
  let round = 0;
  let isLeaving = false;
  addEventListener("beforeunload", () => { isLeaving = true; }); // whoever is on the way elsewhere is not turned back
  const again = async () => {
    const mine = ++round;
    for (const pause of TRIES) {
      await new Promise((go) => setTimeout(go, pause));
      if (mine !== round || isLeaving || !navigator.onLine || (await attempt(() => isLeaving))) return;
    }
  };
  addEventListener("online", again);
  return again;
}

async function offline() {
  const { who } = flag();
  const box = who ? await Box.of(who) : null;
  await offlinePage(box, config);
  document.documentElement.dataset.ready = "";
  if (!box) return;
  keepForms(box, config, (item, form) => afterKeeping(box, item, form));
  await leavePage(box, config);
  await sayWaiting(box, "offline");
  const again = whenLineIsBack(async (isLeaving) => {
    const how = await send(box, config);
    if (how !== "sent" && how !== "signed-out") return false;
    if (!isLeaving()) location.reload();
    return true;
  });
  if (navigator.onLine && (await box.count())) again(); // it came back while this page was being made
  document.querySelector("[data-try]")?.addEventListener("click", () => location.reload());
}

async function alone() {
  const box = await Box.of(ALONE);
  await box.unlockAlone();
  await alonePage(box);
  keepForms(box, config, async (item, form) => {
    form.reset();
    await alonePage(box);
    say(item.kind === "plan" ? "keptPlan" : "kept");
    line.focus();
  });
  document.querySelector("[data-throw]")?.addEventListener("click", async () => {
    await box.destroy();
    location.reload();
  });
}

// What can only be written with a connection stays on the page while there is none.
function holdOtherForms() {
  for (const form of document.querySelectorAll("main form[method=post]")) {
    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented || navigator.onLine) return;
      event.preventDefault();
      say("down");
      line.focus();
    });
  }
}

async function start() {
  if (!line || !canKeep()) return;
  const { who, at, worker } = line.dataset;
  if (worker) navigator.serviceWorker?.register(worker, { scope: config.home }).catch(() => {});
  if (at === "offline") await offline();
  else if (at === "alone") await alone();
  else if (who) await signedIn(who);
  if (!at) holdOtherForms();
  document.documentElement.dataset.ready = "";
}

start();
