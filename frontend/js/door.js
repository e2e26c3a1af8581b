// The tablet at the door: one tap counts. Every tap gets a key of its own and is written down here first; then it
// is sent, and sent again until the server has said that it has it. The server counts a key once.
const QUEUE = "kp:door";
const CACHE = "kp-door-1";
const AGAIN = 20000;
const QUESTION = 9000;
const THANKS = 3500;

const root = document.querySelector("[data-door]");
if (root) begin(root);

// Where there is a line without a lock (http), the browser has no randomUUID.
function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return [...bytes].map((b, i) => ([4, 6, 8, 10].includes(i) ? "-" : "") + b.toString(16).padStart(2, "0")).join("");
}

function begin(door) {
  const screens = Object.fromEntries([...door.querySelectorAll("[data-screen]")].map((s) => [s.dataset.screen, s]));
  const state = { key: "", timer: 0, sending: false };

  // Where storage is shut the taps are kept for as long as the page is open.
  let memory = null;
  const read = () => {
    if (memory) return memory;
    try { return JSON.parse(localStorage.getItem(QUEUE)) ?? []; } catch { return []; }
  };
  const write = (taps) => {
    try {
      localStorage.setItem(QUEUE, JSON.stringify(taps));
      memory = null;
    } catch { memory = taps; }
  };
  const show = (name, back) => {
    for (const [key, screen] of Object.entries(screens)) screen.hidden = key !== name;
    clearTimeout(state.timer);
    if (back) state.timer = setTimeout(() => show("start"), back);
    const heading = screens[name].querySelector("[tabindex]");
    if (name !== "start") heading?.focus();
  };
  const tell = () => {
    const waiting = read().length;
    const note = door.querySelector("[data-waiting]");
    note.hidden = waiting === 0;
    note.querySelector("[data-number]").textContent = waiting;
  };

  // The day and the part of it where the door stands; nothing finer leaves this page.
  const when = () => {
    const parts = Object.fromEntries(
      new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Oslo", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", hourCycle: "h23" })
        .formatToParts(new Date()).map((p) => [p.type, p.value]));
    const hour = Number(parts.hour);
    return { on: `${parts.year}-${parts.month}-${parts.day}`, part: hour < 12 ? "morning" : hour < 17 ? "afternoon" : "evening" };
  };

  const keep = (tap) => {
    write([...read().filter((one) => one.id !== tap.id), tap]);
    tell();
    send();
  };

  async function send() {
    const taps = read();
    if (state.sending || taps.length === 0) return;
    state.sending = true;
    const batch = taps.slice(0, 200);
    let went = false;
    try {
      const answer = await fetch(door.dataset.door, {
        method: "POST", credentials: "same-origin", headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ taps: batch }), signal: AbortSignal.timeout(15000),
      });
      went = answer.ok;
      if (went) {
        const done = new Set((await answer.json()).done);
        // An answer given while this was on its way stays, and is sent next.
        const sent = new Map(batch.map((one) => [one.id, JSON.stringify(one)]));
        write(read().filter((one) => !done.has(one.id) || sent.get(one.id) !== JSON.stringify(one)));
      }
    } catch { /* no line: the taps stay here */ }
    state.sending = false;
    tell();
    if (went) send(); // what came while this was on its way
  }

  door.addEventListener("submit", (event) => {
    const form = event.target;
    const data = new FormData(form, event.submitter);
    event.preventDefault();
    const what = data.get("what");
    if (data.has("is_first")) {
      const kept = read().find((one) => one.id === state.key) ?? { id: state.key, what: "came", ...when() };
      keep({ ...kept, is_first: data.get("is_first") === "ja" });
      show("thanks", THANKS);
    } else if (what === "came") {
      state.key = newKey();
      keep({ id: state.key, what, ...when() });
      show("came", QUESTION);
    } else if (what === "left") {
      keep({ id: newKey(), what, how: data.get("how"), ...when() });
      show("thanks", THANKS);
    }
  });
  door.addEventListener("click", (event) => {
    if (event.target.closest("[data-back]")) {
      event.preventDefault();
      show("start");
    }
  });
  addEventListener("online", send);
  setInterval(send, AGAIN);
  show("start");
  tell();
  send();
  keepPage();
}

// What the page needs is kept on the device, so that it opens without a line.
async function keepPage() {
  if (!("serviceWorker" in navigator) || !navigator.onLine) return;
  const door = document.querySelector("[data-door]");
  try {
    await navigator.serviceWorker.register(door.dataset.worker, { scope: location.pathname });
    const parts = [...document.querySelectorAll("link[rel=stylesheet], link[rel=preload], link[rel=icon]")].map((l) => l.href);
    const needs = [location.pathname, ...parts, ...[...document.scripts].map((s) => s.src).filter(Boolean)];
    const cache = await caches.open(CACHE);
    await cache.addAll(needs.map((url) => new Request(url, { cache: "reload", credentials: "same-origin" })));
    const wanted = new Set(needs.map((url) => new URL(url, location.href).href));
    for (const old of await cache.keys()) if (!wanted.has(old.url)) await cache.delete(old);
    document.documentElement.dataset.kept = "";
  } catch { /* the page works as long as there is a line */ }
}
