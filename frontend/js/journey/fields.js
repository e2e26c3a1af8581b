// From a form to what a note holds, and back. The same forms stand on the pages with and without a connection.
const LISTS = ["signs", "helps", "helps_not", "others"];
const MARK = "mark_";
const lines = (text) => text.split("\n").map((line) => line.trim()).filter(Boolean);
const value = (form, name) => form.elements[name]?.value ?? "";

function today() {
  const now = new Date();
  return new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
}

function person(line) {
  const phone = /[0-9 +]*$/.exec(line)[0];
  const name = line.slice(0, line.length - phone.length).replace(/[ :,-]+$/, "");
  return { name: (name || line).slice(0, 80), phone: phone.trim().slice(0, 40) };
}

// Nothing where the form lacks what it must have: then the house itself says what is missing.
export function read(form, kind, known = {}) {
  if (kind === "checkin") {
    const marks = {};
    for (const field of form.querySelectorAll(`[name^=${MARK}]:checked`)) {
      if (field.value) marks[field.name.slice(MARK.length)] = Number(field.value);
    }
    return { on: known.on || today(), words: value(form, "words"), marks };
  }
  if (kind === "plan") {
    const lists = Object.fromEntries(LISTS.map((name) => [name, lines(value(form, name)).map((l) => l.slice(0, 200))]));
    return { ...known, ...lists, call: lines(value(form, "call")).slice(0, 12).map(person) };
  }
  const text = value(form, "text").trim();
  if (!text) return null;
  if (kind === "step") return { ...known, text, due_on: value(form, "due_on") };
  return { ...known, text, why: value(form, "why"), is_important: form.elements.is_important?.checked ?? false };
}

export function fill(form, kind, content) {
  if (kind === "checkin") {
    form.elements.words.value = content.words ?? "";
    for (const field of form.querySelectorAll(`[name^=${MARK}]`)) {
      field.checked = field.value === String(content.marks?.[field.name.slice(MARK.length)] ?? "");
    }
  } else if (kind === "plan") {
    for (const name of LISTS) form.elements[name].value = (content[name] ?? []).join("\n");
    form.elements.call.value = (content.call ?? []).map((one) => `${one.name} ${one.phone}`.trim()).join("\n");
  } else {
    for (const name of ["text", "why", "due_on"]) if (form.elements[name]) form.elements[name].value = content[name] ?? "";
    if (form.elements.is_important) form.elements.is_important.checked = Boolean(content.is_important);
  }
}

const labelOf = (form, name) => {
  const field = form.elements[name];
  const one = field instanceof RadioNodeList ? field[0] : field;
  const label = one?.closest("fieldset")?.querySelector("legend") ?? one?.labels?.[0];
  return label?.firstChild?.textContent.trim() ?? name;
};

// A note as lines to read, with the words that stand on its form.
export function told(form, kind, content, says) {
  if (!content) return [says.gone];
  const rows = [];
  const say = (name, text) => text && rows.push(`${labelOf(form, name)}: ${text}`);
  if (kind === "checkin") {
    rows.push(new Date(`${content.on}T12:00`).toLocaleDateString(document.documentElement.lang, { day: "numeric", month: "long", year: "numeric" }));
    if (content.words) rows.push(...lines(content.words));
    for (const [key, mark] of Object.entries(content.marks ?? {})) say(MARK + key, `${mark}/5`);
  } else if (kind === "plan") {
    for (const name of ["signs", "helps", "call", "others", "helps_not"]) {
      const each = (content[name] ?? []).map((one) => (one.name ? `${one.name} ${one.phone}`.trim() : one));
      if (each.length) rows.push(`${labelOf(form, name)}:`, ...each.map((one) => `– ${one}`));
    }
  } else {
    rows.push(...lines(content.text ?? ""));
    say("why", content.why);
    say("due_on", content.due_on);
    if (content.is_important) rows.push(labelOf(form, "is_important"));
    if (content.is_done) rows.push(says.done);
    if (content.state && content.state !== "open") rows.push(says.states[content.state]);
  }
  return rows.length ? rows : [says.empty];
}
