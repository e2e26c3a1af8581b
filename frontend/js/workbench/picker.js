// Choosing codes: type, arrow, Enter. Several at once. A field of the combobox kind with a list of many choices.
const plain = (words) => words.toLocaleLowerCase();

export class Picker {
  constructor(part, bench) {
    Object.assign(this, { part, bench, chosen: new Map(), shown: [], active: -1 });
    const one = (name) => part.querySelector(`[data-picker=${name}]`);
    Object.assign(this, { field: one("field"), list: one("list"), chips: one("chips"), words: one("words"), save: one("save"), trouble: one("trouble") });
    this.field.addEventListener("input", () => this.fill(true));
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // the focus stays where one types
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.toggle(this.shown[option.dataset.at]);
    });
    this.chips.addEventListener("click", (event) => {
      const chip = event.target.closest("button");
      if (chip) this.toggle(this.chosen.get(chip.value));
    });
    this.save.addEventListener("click", () => this.done());
    one("cancel").addEventListener("click", () => this.bench.leavePicker());
  }

  // For `start` to `end` in the text, or for more codes on a passage that is there.
  open({ start, end, passage = null, codes = [], withFocus = true }) {
    Object.assign(this, { start, end, passage, isBusy: false });
    this.chosen.clear();
    for (const code of codes) this.chosen.set(this.keyOf(code), code);
    this.words.textContent = this.bench.short(start, end);
    this.field.value = "";
    this.trouble.hidden = true;
    this.fill(false);
    this.drawChosen();
    if (withFocus) this.field.focus({ preventScroll: true });
  }

  keyOf(code) { return String(code.id || `ny:${code.name}`); }

  fill(isTyped) {
    const typed = plain(this.field.value.trim());
    const all = this.bench.codes;
    this.shown = typed ? all.filter((code) => plain(code.path).includes(typed)) : [...all];
    if (typed && !all.some((code) => plain(code.name) === typed)) this.shown.push({ id: 0, name: this.field.value.trim(), path: "", depth: 0, colour: 0, isNew: true });
    const best = this.shown.findIndex((code) => plain(code.name).startsWith(typed));
    this.active = typed ? Math.max(best, 0) : -1;
    this.list.replaceChildren(...this.shown.map((code, at) => this.option(code, at, Boolean(typed))));
    this.mark();
    if (isTyped) this.bench.tell("found", { n: this.shown.length, code: this.shown[this.active]?.name ?? "" });
  }

  option(code, at, isFiltered) {
    const option = document.createElement("li");
    option.role = "option";
    option.id = `kode-${at}`;
    option.dataset.at = at;
    if (!isFiltered) option.dataset.depth = code.depth;
    option.append(this.bench.codeMark(code), code.isNew ? this.bench.say("make", { code: code.name }) : code.name);
    if (isFiltered && code.above) {
      const above = document.createElement("span");
      above.className = "kp-note";
      above.textContent = code.above;
      option.append(" ", above);
    }
    option.setAttribute("aria-selected", this.chosen.has(this.keyOf(code)));
    if (code.note) option.title = code.note;
    return option;
  }

  mark() {
    [...this.list.children].forEach((option, at) => {
      option.toggleAttribute("data-active", at === this.active);
      option.setAttribute("aria-selected", this.chosen.has(this.keyOf(this.shown[at])));
    });
    const active = this.list.children[this.active];
    if (active) {
      this.field.setAttribute("aria-activedescendant", active.id);
      active.scrollIntoView({ block: "nearest" });
    } else this.field.removeAttribute("aria-activedescendant");
  }

  drawChosen() {
    this.chips.replaceChildren(...[...this.chosen].map(([key, code]) => {
      const chip = document.createElement("button");
      chip.type = "button";
      chip.className = "ds-chip kp-bench-chip";
      chip.value = key;
      chip.append(this.bench.codeMark(code), code.name);
      chip.setAttribute("aria-label", this.bench.say("drop", { code: code.name }));
      return chip;
    }));
    const names = [...this.chosen.values()].map((code) => code.name);
    this.save.textContent = names.length > 1 ? this.bench.say("giveMany", { n: names.length }) : names.length ? this.bench.say("giveOne", { code: names[0] }) : this.bench.say("give");
    this.save.toggleAttribute("data-empty", !names.length);
  }

  toggle(code) {
    const key = this.keyOf(code);
    const isOff = this.chosen.delete(key);
    if (!isOff) this.chosen.set(key, code);
    this.bench.tell(isOff ? "dropped" : "picked", { code: code.name });
    this.field.value = "";
    this.fill(false);
    this.drawChosen();
    if (!this.bench.isTouch) this.field.focus({ preventScroll: true });
  }

  key(event) {
    const { key } = event;
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      const step = key === "ArrowDown" ? 1 : -1;
      this.active = (Math.max(this.active, step > 0 ? -1 : 0) + step + this.shown.length) % Math.max(this.shown.length, 1);
      this.mark();
    } else if (key === "Enter") {
      event.preventDefault();
      if (this.active >= 0 && (!this.field.value || !event.ctrlKey)) this.toggle(this.shown[this.active]);
      else {
        if (this.active >= 0) this.toggle(this.shown[this.active]);
        this.done();
      }
    } else if (key === "Backspace" && !this.field.value && this.chosen.size) {
      this.toggle([...this.chosen.values()].at(-1));
    } else if (key === "Escape") {
      event.preventDefault();
      this.bench.leavePicker();
    }
  }

  async done() {
    if (this.isBusy) return;
    if (!this.chosen.size) {
      this.fail("none");
      return;
    }
    this.isBusy = true;
    this.trouble.hidden = true;
    const problem = await this.bench.giveCodes(this.start, this.end, this.passage, [...this.chosen.values()]);
    this.isBusy = false;
    if (problem) this.fail(problem);
  }

  fail(name) {
    this.trouble.textContent = this.bench.say(name);
    this.trouble.hidden = false;
    this.field.focus({ preventScroll: true });
  }
}
