// The coding workbench. Without it a source can be read and corrected; coding alone needs script.
import { Positions } from "./workbench/positions.js";
import { Page, blocksOf, pause } from "./workbench/blocks.js";
import { Marks } from "./workbench/marks.js";
import { Picker } from "./workbench/picker.js";
import { PlacePanel } from "./workbench/place.js";
import { Keys } from "./workbench/keys.js";
import { followPointer } from "./workbench/pointer.js";

const EVERY = 20_000;
const KEPT = `kp:draft:${location.pathname}:arbeidsbenk`; // the name of a draft: gone at sign-out and quick exit
const own = (list) => [...new Set(list)];

class Bench {
  constructor(root) {
    Object.assign(this, { root, codes: [], byId: new Map(), passages: new Map(), order: [], done: [], at: 0, filter: { speaker: "", code: 0, mine: false } });
    this.texts = JSON.parse(document.getElementById("arbeidsbenk-tekster").textContent);
    const part = (name) => root.querySelector(`[data-part=${name}]`);
    Object.assign(this, { feed: part("text"), panel: part("panel"), aloud: part("aloud"), bar: part("warning"), undoButton: part("undo"), help: part("help"), counted: part("count"), offer: part("offer") });
    this.parts = { rest: part("rest"), picker: part("picker"), place: part("place") };
    this.isTouch = matchMedia("(hover: none)").matches;
    this.picker = new Picker(this.parts.picker, this);
    this.place = new PlacePanel(this.parts.place, this);
  }

  say(name, facts = {}) { return (this.texts[name] ?? name).replace(/\{(\w+)\}/g, (_, key) => facts[key] ?? ""); }
  tell(name, facts) {
    clearTimeout(this.telling);
    const words = this.say(name, facts);
    this.telling = setTimeout(() => { this.aloud.textContent = words; }, 150);
  }
  addressOf(name, id) { return this.root.dataset[name].replace("/0/", `/${id}/`); }

  async ask(url, body) {
    const answer = await fetch(url, body && {
      method: "POST", body: JSON.stringify(body),
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.root.dataset.csrf },
    });
    if (!answer.ok) throw Object.assign(new Error(answer.statusText), { status: answer.status });
    return answer.json();
  }

  async start() {
    const data = await this.ask(this.root.dataset.url);
    this.version = data.version;
    this.text = data.text;
    this.positions = new Positions(data.text);
    const unit = (point) => this.positions.toUnit(point);
    const turns = data.turns.map(([number, start, end, speaker]) => [number, unit(start), unit(end), speaker]);
    this.takeCodes(data.codes);
    await pause();
    this.page = new Page(this.feed, data.text, blocksOf(data.text, turns), (name) => this.say(name));
    this.marks = new Marks(this.page, (pk) => this.codeOf(pk).colour);
    this.take(data);
    await pause();
    this.look();
    await pause();
    this.keys = new Keys(this);
    followPointer(this);
    this.wire(own(turns.map(([, , , speaker]) => speaker)));
    await this.page.build((chunk) => this.marks.follow(chunk));
    this.feed.removeAttribute("aria-busy");
    this.root.dataset.state = "ready";
    this.keys.rove(this.page.blocks[0]);
    this.jump();
    this.resume();
    performance.mark("kp:ready");
    setInterval(() => this.poll(), EVERY);
    document.addEventListener("visibilitychange", () => this.poll());
    addEventListener("hashchange", () => this.jump());
  }

  // -- what is known --------------------------------------------------------------------------------
  takeCodes(rows) {
    for (const [id, name, parent, colour, note] of rows) {
      const above = this.byId.get(parent);
      const path = above ? `${above.path} › ${name}` : name;
      this.byId.set(id, { id, name, parent, colour, note, depth: above ? above.depth + 1 : 0, above: above?.path ?? "", path });
    }
    this.codes = [...this.byId.values()];
    this.drawCodes();
  }
  codeOf(id) { return this.byId.get(id) ?? { id, name: "…", path: "…", colour: 8, depth: 0 }; }

  take({ passages, last, count }) {
    for (const [id, start, end, , codes, mine] of passages) {
      const known = this.passages.get(id) ?? {};
      this.passages.set(id, Object.assign(known, { id, start: this.positions.toUnit(start), end: this.positions.toUnit(end), codes, mine: own(mine) }));
    }
    Object.assign(this, { last, count, offs: 0 });
  }

  // Lay the passages out anew, as the filter wants them.
  look() {
    const { code, mine } = this.filter;
    const wanted = new Set(code ? this.codes.filter((one) => one.id === code || this.isUnder(one, code)).map((one) => one.id) : []);
    const all = [...this.passages.values()].sort((a, b) => a.start - b.start || a.id - b.id);
    this.order = all.filter((passage) => {
      const codes = mine ? passage.mine : passage.codes;
      passage.seen = code ? codes.filter((pk) => wanted.has(pk)) : codes;
      return passage.seen.length;
    });
    this.starts = null;
    this.marks.lay(this.order);
    this.counted.textContent = this.order.length === all.length ? this.say("count", { n: all.length }) : this.say("countOf", { n: this.order.length, all: all.length });
    this.drawCodes();
  }
  isUnder(code, id) {
    for (let above = this.byId.get(code.parent); above; above = this.byId.get(above.parent)) if (above.id === id) return true;
    return false;
  }
  passagesAt(unit) { return this.order.filter((p) => p.start <= unit && p.end > unit).sort((a, b) => a.end - a.start - (b.end - b.start)); }
  passagesIn(block) { return this.order.filter((p) => p.start < block.end && p.end > block.start); }

  short(start, end, most = 140) {
    const words = this.text.slice(start, end).replace(/\s+/g, " ");
    if (words.length <= most) return words;
    const half = Math.floor(most / 2);
    return `${words.slice(0, half).replace(/[\ud800-\udbff]$/, "")} … ${words.slice(-half).replace(/^[\udc00-\udfff]/, "")}`;
  }

  codeMark(code) {
    const mark = document.createElement("span");
    mark.className = "kp-code-mark";
    mark.dataset.colour = code.colour;
    return mark;
  }

  // -- the codebook beside the text, and the filter ----------------------------------------------------
  drawCodes() {
    const list = this.parts.rest.querySelector("ul");
    const counts = new Map();
    for (const passage of this.passages.values()) for (const pk of passage.codes) counts.set(pk, (counts.get(pk) ?? 0) + 1);
    const focused = document.activeElement?.closest?.("[data-part=rest] button")?.value;
    list.replaceChildren(...this.codes.map((code) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      const count = document.createElement("span");
      item.dataset.depth = code.depth;
      button.type = "button";
      button.value = code.id;
      button.setAttribute("aria-pressed", this.filter.code === code.id);
      if (code.note) button.title = code.note;
      count.className = "kp-note";
      count.textContent = counts.get(code.id) ?? "";
      button.append(this.codeMark(code), code.name, " ", count);
      item.append(button);
      return item;
    }));
    if (focused) list.querySelector(`[value="${focused}"]`)?.focus();
    const choice = this.root.querySelector("[name=kode]");
    while (choice.options.length > 1) choice.remove(1);
    for (const code of this.codes) choice.add(new Option("\u2003".repeat(code.depth) + code.name, code.id));
    choice.value = this.filter.code || "";
  }

  wire(speakers) {
    const form = this.root.querySelector("[data-part=filter]");
    const { snakker, kode, mine } = form.elements;
    for (const speaker of speakers) if (speaker) snakker.add(new Option(this.page.nameOf({ speaker }), speaker));
    const change = () => {
      this.filter = { speaker: snakker.value, code: Number(kode.value), mine: mine.checked };
      for (const block of this.page.blocks) if (block.article) block.article.hidden = Boolean(snakker.value) && block.speaker !== snakker.value;
      this.look();
      this.aloud.textContent = this.counted.textContent;
    };
    form.addEventListener("change", change);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(change));
    this.parts.rest.addEventListener("click", (event) => {
      const id = event.target.closest("li > button")?.value;
      if (!id) return;
      kode.value = kode.value === id ? "" : id;
      change();
    });
    this.undoButton.addEventListener("click", () => this.undo());
    this.root.querySelector("[data-part=help-open]").addEventListener("click", () => this.help.showModal());
    this.bar.querySelector("button").addEventListener("click", () => this.reload());
  }

  // -- the panel ------------------------------------------------------------------------------------------
  turnTo(name) {
    for (const [key, part] of Object.entries(this.parts)) part.hidden = key !== name;
    this.root.dataset.panel = name;
    this.offer.hidden = true;
  }

  pick({ passage = null, start = passage.start, end = passage.end, codes = [], withFocus = !this.isTouch }) {
    this.chosen = { start, end, passage };
    this.marks.point(start, end);
    this.turnTo("picker");
    this.picker.open({ start, end, passage, codes, withFocus });
    this.reveal(start);
  }

  // On a phone the panel lies over the lower half: what is chosen is kept in sight above it.
  reveal(unit) {
    const { article } = this.page.blockAt(unit);
    if (getComputedStyle(this.panel).position === "fixed") article.scrollIntoView({ block: "start" });
  }

  leavePicker() {
    const { passage, start } = this.chosen ?? {};
    this.chosen = null;
    getSelection().removeAllRanges();
    if (passage) return this.showPlace([passage]);
    this.turnTo("rest");
    if (!this.keys.goOn()) this.marks.point(0, 0);
    if (start !== undefined) this.keys.rove(this.page.blockAt(start), true);
  }

  showPlace(passages, { announce = true } = {}) {
    const [first] = passages;
    this.current = first;
    this.marks.point(first.start, first.end);
    this.turnTo("place");
    this.place.open(passages);
    this.reveal(first.start);
    history.replaceState(null, "", `#p${first.id}`);
    if (announce) this.tell("passage", { codes: first.codes.map((pk) => this.codeOf(pk).name).join(", "), words: this.short(first.start, first.end) });
  }

  leavePlace() {
    const block = this.current && this.page.blockAt(this.current.start);
    this.current = null;
    this.marks.point(0, 0);
    this.turnTo("rest");
    if (block) this.keys.rove(block, true);
  }

  // -- what one does ------------------------------------------------------------------------------------------
  async giveCodes(start, end, passage, codes) {
    const before = passage ?? this.order.find((p) => p.start === start && p.end === end);
    const body = { codes: codes.filter((code) => code.id).map((code) => code.id) };
    const made = codes.find((code) => !code.id);
    if (made) body.new_code = made.name;
    let answer;
    try {
      if (passage) answer = await this.ask(this.addressOf("passage", passage.id), body);
      else answer = await this.ask(this.root.dataset.add, { ...body, start: this.positions.toPoint(start), end: this.positions.toPoint(end), version: this.version });
    } catch (problem) {
      if (problem.status !== 409) return "notSaved";
      this.warn("changed");
      return "changed";
    }
    const given = answer.new.map(([id]) => id);
    const known = this.passages.get(answer.id) ?? { id: answer.id, start, end, codes: [], mine: [] };
    const fresh = given.filter((pk) => !known.mine.includes(pk));
    known.codes = own([...known.codes, ...given]);
    known.mine = own([...known.mine, ...given]);
    this.passages.set(known.id, known);
    this.takeCodes(answer.new.filter(([id]) => !this.byId.has(id)));
    if (fresh.length) this.remember({ kind: "give", id: known.id, codes: fresh });
    this.look();
    const names = given.map((pk) => this.codeOf(pk).name).join(", ");
    this.keys.stop();
    getSelection().removeAllRanges();
    this.chosen = null;
    this.showPlace([known], { announce: false });
    this.keys.rove(this.page.blockAt(known.start), true);
    this.tell(before ? "gaveMore" : "gave", { codes: names });
    return "";
  }

  // `isMore`: another is taken off at once after, so nothing is drawn, nor asked about, in between.
  async takeOff(passage, pk, { isUndo = false, isMore = false } = {}) {
    try {
      const answer = await this.ask(this.addressOf("passage", passage.id), { take_off: pk });
      this.offs += 1;
      if (answer.id && answer.codes.length) Object.assign(passage, { codes: answer.codes, mine: answer.mine });
      else this.passages.delete(passage.id);
    } catch {
      this.warn("notSaved");
      return false;
    }
    if (!isUndo) this.remember({ kind: "off", id: passage.id, start: passage.start, end: passage.end, codes: [pk] });
    if (isMore) return true;
    this.look();
    this.tell("tookOff", { code: this.codeOf(pk).name });
    if (this.passages.has(passage.id)) {
      this.showPlace([passage], { announce: false });
      this.parts.place.querySelector("button")?.focus();
    } else this.leavePlace();
    return true;
  }

  remember(act) {
    this.done.push(act);
    this.drawUndo();
  }
  drawUndo() {
    const act = this.done.at(-1);
    this.undoButton.hidden = !act;
    if (act) this.undoButton.textContent = this.say(act.kind === "give" ? "undoGive" : "undoOff", { codes: act.codes.map((pk) => this.codeOf(pk).name).join(", ") });
  }
  async undo() {
    const act = this.done.pop();
    if (!act) return this.tell("nothingToUndo");
    const passage = this.passages.get(act.id);
    if (act.kind === "give" && passage) {
      for (const [at, pk] of act.codes.entries()) {
        if (!await this.takeOff(passage, pk, { isUndo: true, isMore: at + 1 < act.codes.length })) return this.remember({ ...act, codes: act.codes.slice(at) });
      }
    } else if (act.kind === "off") {
      const depth = this.done.length;
      const problem = await this.giveCodes(act.start, act.end, passage ?? null, act.codes.map((pk) => this.codeOf(pk)));
      if (problem) {
        this.warn(problem);
        return this.remember(act);
      }
      this.done.length = depth;
    }
    this.drawUndo();
    this.tell("undone");
  }

  // -- others, and the line ------------------------------------------------------------------------------------
  warn(name) {
    this.bar.querySelector("p").textContent = this.say(name);
    this.bar.querySelector("button").hidden = name !== "changed";
    this.bar.hidden = false;
    if (name !== "changed") setTimeout(() => { if (this.bar.querySelector("button").hidden) this.bar.hidden = true; }, EVERY / 2);
  }

  async poll() {
    if (document.hidden || this.isAsking) return;
    this.isAsking = true;
    try {
      let answer = await this.ask(`${this.root.dataset.changes}?etter=${this.last}`);
      if (answer.version !== this.version) return this.warn("changed");
      const isMoreOff = this.count + answer.new - this.offs !== answer.count;
      if (isMoreOff || answer.passages.some((row) => row[4].some((pk) => !this.byId.has(pk)))) {
        answer = await this.ask(this.root.dataset.url);
        if (answer.version !== this.version) return this.warn("changed");
        const there = new Set(answer.passages.map(([id]) => id));
        for (const id of this.passages.keys()) if (!there.has(id)) this.passages.delete(id);
        this.byId.clear();
        this.takeCodes(answer.codes);
      }
      this.take(answer);
      if (isMoreOff || answer.passages.length) this.look();
    } catch { /* a bad line: ask again later */ } finally {
      this.isAsking = false;
    }
  }

  // The choice that was being made is kept over a reload, and found again in the new text.
  reload() {
    if (this.chosen && !this.chosen.passage) {
      const { start, end } = this.chosen;
      try {
        sessionStorage.setItem(KEPT, JSON.stringify({ at: start, words: this.text.slice(start, end), codes: [...this.picker.chosen.values()].map((code) => [code.id, code.name]) }));
      } catch { /* storage is shut */ }
    }
    location.reload();
  }
  resume() {
    let kept = null;
    try {
      kept = JSON.parse(sessionStorage.getItem(KEPT));
      sessionStorage.removeItem(KEPT);
    } catch { /* storage is shut */ }
    if (!kept) return;
    let found = this.text.indexOf(kept.words, Math.max(kept.at - 2000, 0));
    if (found < 0) found = this.text.indexOf(kept.words);
    const codes = kept.codes.map(([id, name]) => this.byId.get(id) ?? { id: 0, name, path: name, depth: 0, colour: 0 });
    if (found < 0) {
      this.warn("lostPlace");
      return;
    }
    this.page.show(this.page.blockAt(found));
    this.pick({ start: found, end: found + kept.words.length, codes });
  }

  jump() {
    const [, kind, number] = /^#([pt])(\d+)$/.exec(location.hash) ?? [];
    if (kind === "p" && this.passages.has(Number(number)) && this.current?.id !== Number(number)) {
      const passage = this.passages.get(Number(number));
      this.page.show(this.page.blockAt(passage.start));
      this.showPlace([passage]);
      this.keys.rove(this.page.blockAt(passage.start), true);
    } else if (kind === "t") {
      const block = this.page.blocks.find((one) => one.number === Number(number));
      if (!block) return;
      this.page.show(block);
      this.keys.rove(block, true);
    }
  }
}

const root = document.getElementById("arbeidsbenk");
const bench = root && new Bench(root);
bench?.start().catch(() => {
  root.dataset.state = "failed";
});
