// What waits to be sent. Each thing has a name of its own before it leaves, so that sending it twice stores it once.
const AT_ONCE = 20;
const PATIENCE = 15000;

export async function waiting(box) {
  return (await box.all("item")).sort((a, b) => a.at - b.at);
}

// A thing that is not yet tried, or that waits for a choice, takes the new words; else they queue up behind it.
export async function add(box, { id, kind, content, version = null }) {
  const items = await waiting(box);
  const open = items.findLast((item) => item.note === id && (!item.tried || item.state !== "waiting"));
  const item = open
    ? { ...open, content }
    : { id: crypto.randomUUID(), note: id, kind, content, version, at: Date.now(), state: "waiting", tried: false };
  await box.put("item", item.id, item);
  return item;
}

async function ask(url, options = {}) {
  return fetch(url, {
    credentials: "same-origin", cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(PATIENCE), ...options,
  });
}

// What the device keeps a copy of. Answers how it went: "open", "offline", "signed-out", "shut" or "else".
export async function refresh(box, config) {
  let answer;
  try {
    answer = await ask(config.of);
  } catch {
    return "offline";
  }
  if (answer.type === "opaqueredirect" || answer.status === 401) {
    await box.lock();
    return "signed-out";
  }
  if (answer.status === 409) return "shut";
  if (!answer.ok) return "offline";
  const { secret, until, token, ...copy } = await answer.json();
  if (copy.who !== box.who) return "else";
  await box.unlock(secret, until);
  await box.put("copy", "copy", { id: "copy", ...copy });
  config.token = token;
  return "open";
}

export async function copyOf(box) {
  return (await box.one("copy", "copy")) ?? { notes: [], scales: [], parts: [] };
}

async function post(box, items, config, say) {
  const body = JSON.stringify({
    who: box.who, say,
    items: items.map(({ note, kind, content, version }) => ({ id: note, kind, content, version })),
  });
  return ask(config.send, { method: "POST", body, headers: { "Content-Type": "application/json", "X-CSRFToken": config.token } });
}

async function settle(box, item, answer) {
  if (answer.state === "kept" || answer.state === "same") {
    for (const next of await waiting(box)) {
      if (next.note === item.note && next.id !== item.id && next.state === "waiting") {
        await box.put("item", next.id, { ...next, note: answer.note, version: answer.version });
      }
    }
    const copy = await copyOf(box);
    const notes = copy.notes.filter((note) => note.id !== answer.note);
    await box.put("copy", "copy", {
      ...copy, notes: [...notes, { id: answer.note, kind: item.kind, version: answer.version, content: item.content }],
    });
    await box.drop(item.id);
  } else if (answer.state === "taken") {
    await box.put("item", item.id, { ...item, note: answer.note, tried: false });
  } else {
    const { state, now, version, note, why } = answer;
    await box.put("item", item.id, { ...item, state, now, why, nowVersion: version, nowNote: note });
  }
}

function firstOfEach(items) {
  const seen = new Set();
  const first = items.filter((item) => !seen.has(item.note) && seen.add(item.note));
  return first.filter((item) => item.state === "waiting").slice(0, AT_ONCE);
}

async function sendAll(box, config, say) {
  let size = AT_ONCE;
  for (let round = 0; round < 60; round++) {
    const items = firstOfEach(await waiting(box)).slice(0, size);
    if (!items.length) return "sent";
    if (!config.token) {
      const how = await refresh(box, config);
      if (how !== "open") return how;
    }
    for (const item of items) await box.put("item", item.id, { ...item, tried: true });
    let answer;
    try {
      answer = await post(box, items, config, say);
    } catch {
      return "offline";
    }
    if (answer.type === "opaqueredirect" || answer.status === 403) {
      if (config.asked) return "signed-out";
      config.asked = true;
      config.token = "";
      continue;
    }
    if (answer.status === 409) return "shut";
    if (answer.status === 400 && size > 1) {
      size = 1;
      continue;
    }
    if (answer.status === 400) await settle(box, items[0], { state: "refused", why: "" });
    else if (!answer.ok) return "offline";
    else {
      const { answers } = await answer.json();
      for (const [number, item] of items.entries()) await settle(box, item, answers[number]);
    }
    config.asked = false;
  }
  return "offline";
}

// One sending at a time, also over several open pages.
export async function send(box, config, say = "sent") {
  if (!(await box.key())) return "shut";
  const work = () => sendAll(box, config, say);
  return navigator.locks ? navigator.locks.request(`kp-send-${box.who}`, work) : work();
}
