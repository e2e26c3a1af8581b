// The pages a device draws by itself: without a connection, without an account, and what has to be chosen.
import { ALONE, Box } from "./store.js";
import { add, copyOf, send, waiting } from "./queue.js";
import { fill, read, told } from "./fields.js";

const $ = (selector, root = document) => root.querySelector(selector);
const show = (element, visible = true) => element && (element.hidden = !visible);

function list(root, rows) {
  root?.replaceChildren(...rows.map((row) => {
    const item = document.createElement("li");
    if (row instanceof Node) item.append(row);
    else item.textContent = row;
    return item;
  }));
}

// The copy, with what waits laid over it.
async function known(box) {
  const copy = await copyOf(box);
  const notes = new Map(copy.notes.map((note) => [note.id, note]));
  for (const item of await waiting(box)) {
    notes.set(item.note, { id: item.note, kind: item.kind, version: item.version ?? notes.get(item.note)?.version ?? null, content: item.content });
  }
  return { ...copy, notes: [...notes.values()] };
}
const of = (copy, kind) => copy.notes.filter((note) => note.kind === kind);

// The person's own scales, drawn from the first one on the page.
function putScales(form, scales) {
  const made = [...form.querySelectorAll("fieldset.kp-scale")];
  const model = made[0]?.cloneNode(true);
  if (!model || !scales?.length) return;
  for (const old of made) old.remove();
  for (const scale of scales) {
    const one = model.cloneNode(true);
    $("legend", one).textContent = scale.name;
    const [less, more] = one.querySelectorAll(".kp-scale-ends span");
    less.textContent = scale.less;
    more.textContent = scale.more;
    one.querySelectorAll("input").forEach((field, number, all) => {
      field.name = `mark_${scale.key}`;
      field.checked = field.value === "";
      const said = $(".ds-sr-only", field.parentElement);
      if (!said) return;
      const last = all.length - 2;
      said.textContent = number === 0 ? scale.less : number === last ? scale.more : `${field.value} / 5, ${scale.less} – ${scale.more}`;
    });
    $(".kp-form-buttons", form).before(one);
  }
}

function drawPlan(root, plan) {
  if (!root) return;
  const form = $("form[data-offline=plan]");
  const content = plan?.content ?? {};
  const sections = [];
  for (const name of ["signs", "helps", "call", "others", "helps_not"]) {
    if (!content[name]?.length) continue;
    const section = document.createElement("section");
    section.className = "kp-plan";
    const head = document.createElement("h2");
    head.className = "ds-heading";
    head.dataset.size = "sm";
    head.textContent = form.elements[name].labels[0].firstChild.textContent.trim();
    const rows = document.createElement("ul");
    list(rows, content[name].map((line) => {
      if (!line.name) return line;
      if (!line.phone) return line.name;
      const link = document.createElement("a");
      link.className = "ds-link";
      link.href = `tel:${line.phone.replaceAll(" ", "")}`;
      link.textContent = `${line.name} ${line.phone}`;
      return link;
    }));
    section.append(head, rows);
    sections.push(section);
  }
  root.replaceChildren(...sections);
  show($("[data-no-plan]"), !sections.length);
}

// Each form on the page keeps first and sends after. `after` is where it leads.
export function keepForms(box, config, after) {
  for (const form of document.querySelectorAll("form[data-offline], [data-offline] form")) {
    const kind = form.closest("[data-offline]").dataset.offline;
    form.addEventListener("submit", async (event) => {
      const copy = form.kpNote ?? {};
      const content = kind === "done" ? { ...copy.content, is_done: !copy.content?.is_done } : read(form, kind, copy.content);
      if (kind === "done" && (!copy.id || event.submitter?.value !== "done")) return;
      if (!content) {
        if (config.isShell) {
          event.preventDefault();
          form.elements.text?.focus();
        }
        return;
      }
      event.preventDefault();
      const goal = form.dataset.goal ? { goal: form.dataset.goal } : {};
      const item = await add(box, {
        id: copy.id ?? crypto.randomUUID(), kind: kind === "done" ? "step" : kind, content: { ...content, ...goal }, version: copy.version,
      });
      await after(item, form);
    });
  }
}

// What each form on a page changes, from the copy on the device.
export async function tieForms(box) {
  const copy = await known(box);
  for (const form of document.querySelectorAll("form[data-offline], [data-offline] form")) {
    const { offline, note } = form.closest("[data-offline]").dataset;
    form.kpNote = offline === "plan" ? of(copy, "plan")[0] : note ? copy.notes.find((one) => one.id === note) : undefined;
  }
  return copy;
}

function placeOf(home) {
  const at = location.pathname.slice(home.length);
  if (at === "" || at === "uten-nett/") return "home";
  const goal = /^mal\/([0-9a-f-]{36})\/$/.exec(at)?.[1];
  if (goal) return `mal ${goal}`;
  return { "innsjekk/": "innsjekk", "plan/": "plan", "akkurat-na/": "plan", "plan/skriv/": "skriv", "del/mal/": "maler", "for-du-logger-ut/": "ut" }[at] ?? "annet";
}

export async function offlinePage(box, config) {
  const open = box && (await box.key());
  const [place, goalId] = open ? placeOf(config.home).split(" ") : ["shut"];
  for (const part of document.querySelectorAll("[data-at]")) show(part, part.dataset.at.split(" ").includes(place));
  const heading = $("main h1");
  const shown = $(`[data-at~="${place}"][data-title]`);
  if (shown) heading.textContent = shown.dataset.title;
  if (!open) return;
  const copy = await tieForms(box);
  putScales($("form[data-offline=checkin]"), copy.scales);
  const plan = of(copy, "plan")[0];
  drawPlan($("[data-plan]"), plan);
  if (plan) fill($("form[data-offline=plan]"), "plan", plan.content);
  list($("[data-goals]"), of(copy, "goal").map((goal) => {
    const link = document.createElement("a");
    link.className = "ds-link";
    link.href = `${config.home}mal/${goal.id}/`;
    link.textContent = goal.content.text;
    return link;
  }));
  show($("[data-no-goals]"), !of(copy, "goal").length);
  if (place === "mal") drawGoal(copy, goalId, heading);
}

function drawGoal(copy, goalId, heading) {
  const goal = of(copy, "goal").find((one) => one.id === goalId);
  show($("[data-at~=mal]"), Boolean(goal));
  show($("[data-at~=annet]"), !goal);
  if (!goal) return;
  heading.textContent = goal.content.text;
  const form = $("form[data-offline=goal]");
  form.kpNote = goal;
  fill(form, "goal", goal.content);
  $("form[data-offline=step]").dataset.goal = goalId;
  const model = $("[data-step]");
  for (const old of document.querySelectorAll("[data-step-row]")) old.remove();
  for (const step of of(copy, "step").filter((one) => one.content.goal === goalId)) {
    const row = model.content.firstElementChild.cloneNode(true);
    const { text, due_on: due, is_done: isDone } = step.content;
    $("p", row).textContent = due ? `${text} · ${due}` : text;
    $("p", row).classList.toggle("kp-note", Boolean(isDone));
    show($("[data-undone]", row), !isDone);
    show($("[data-done]", row), Boolean(isDone));
    $("form", row).kpNote = step;
    model.before(row);
  }
}

export async function alonePage(box) {
  const items = await waiting(box);
  const plan = items.find((item) => item.kind === "plan");
  const form = $("form[data-offline=plan]");
  form.kpNote = plan && { id: plan.note, content: plan.content, version: null };
  if (plan) fill(form, "plan", plan.content);
  drawPlan($("[data-plan]"), plan);
  const checkin = $("form[data-offline=checkin]");
  const says = JSON.parse($("[data-device]").dataset.says);
  const written = items.filter((item) => item.kind === "checkin");
  list($("[data-written]"), written.toReversed().map((item) => told(checkin, "checkin", item.content, says).join("\n")));
  for (const part of document.querySelectorAll("[data-has]")) show(part, items.length > 0);
  show($("[data-has-checkins]"), written.length > 0);
}

export async function carryPage(box, config, after) {
  const alone = await Box.of(ALONE);
  const items = await waiting(alone);
  show($("[data-nothing]"), !items.length);
  show($("[data-something]"), items.length > 0);
  if (!items.length) return alone.destroy();
  $("[data-number]").textContent = items.length;
  $("[data-carry]").addEventListener("click", async () => {
    for (const item of items) {
      await box.put("item", item.id, { ...item, state: "waiting", tried: false });
      await alone.drop(item.id);
    }
    const how = await send(box, config, "");
    const left = new Set((await waiting(box)).map((item) => item.id));
    const says = JSON.parse($("[data-device]").dataset.says);
    const forms = { checkin: $("form[data-offline=checkin]"), plan: $("form[data-offline=plan]") };
    list($("[data-carried]"), items.filter((item) => !left.has(item.id)).map((item) => told(forms[item.kind], item.kind, item.content, says).join("\n")));
    await alone.destroy();
    show($("[data-something]"), false);
    show($("[data-after]"));
    $("[data-after]").focus();
    await after(how);
  });
  $("[data-throw]").addEventListener("click", async () => {
    await alone.destroy();
    show($("[data-something]"), false);
    show($("[data-nothing]"));
  });
}

function marked(root, rows, others) {
  root.replaceChildren(...rows.flatMap((row) => {
    const line = document.createElement(others.includes(row) ? "span" : "mark");
    line.textContent = row;
    return [line, document.createElement("br")];
  }));
}

export async function disagreePage(box, config, after) {
  const says = JSON.parse($("[data-device]").dataset.says);
  const copy = await copyOf(box);
  const item = (await waiting(box)).find((one) => one.state !== "waiting");
  show($("[data-nothing]"), !item);
  show($("[data-something]"), Boolean(item));
  if (!item) return;
  for (const form of document.querySelectorAll("[data-offline]")) show(form, form.dataset.offline === item.kind);
  const form = $(`form[data-offline=${item.kind}]`);
  if (item.kind === "checkin") putScales(form, copy.scales);
  const mine = told(form, item.kind, item.content, says);
  const theirs = item.state === "refused" ? [] : told(form, item.kind, item.now, says);
  const [left, right] = document.querySelectorAll("[data-compare] .kp-compare-text");
  marked(left, mine, theirs);
  marked(right, theirs, mine);
  $("[data-why]").textContent = item.state === "refused" ? item.why : "";
  show($("[data-theirs]"), item.state !== "refused");
  show(right.parentElement, item.state !== "refused");
  const settled = async (content) => {
    const place = item.state === "conflict"
      ? { note: item.nowNote, version: item.nowVersion }
      : item.state === "gone" ? { note: crypto.randomUUID(), version: null } : {};
    await box.put("item", item.id, { ...item, ...place, content, state: "waiting", tried: false, now: null, why: "" });
    await after(await send(box, config, "saved"));
  };
  fill(form, item.kind, item.content);
  $("[data-mine]").onclick = () => settled(item.content);
  $("[data-theirs]").onclick = $("[data-let-go]").onclick = async () => {
    await box.drop(item.id);
    await after("sent");
  };
  show($("[data-let-go]"), item.state === "refused");
  show($("[data-mine]"), item.state !== "refused");
  form.onsubmit = (event) => {
    event.preventDefault();
    const content = read(form, item.kind, item.content);
    if (content) settled(content);
  };
}

export async function leavePage(box, config) {
  const out = () => {
    const form = $("form[data-forget]");
    if (form) return form.submit();
    localStorage.setItem("kp:sign-out", "1");
    for (const part of document.querySelectorAll("[data-at]")) show(part, part.dataset.at === "later");
    $("main h1").focus();
  };
  const nothing = $("[data-nothing]");
  if (nothing) {
    const number = await box.count();
    show(nothing, !number);
    show($("[data-something]"), number > 0);
  }
  for (const button of document.querySelectorAll("[data-leave]")) {
    button.onclick = async () => {
      if (button.dataset.leave === "send") {
        await send(box, config, "");
        if (await box.count()) return show($("[data-not-sent]"));
        await box.destroy();
      } else if (button.dataset.leave === "lock") {
        await box.lock();
        box.db.close();
        localStorage.removeItem("kp:device");
      } else {
        await box.destroy();
      }
      out();
    };
  }
}
