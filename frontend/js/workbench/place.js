// The panel about passages in one place: their codes, who gave them, what is one's own to take off, and memos.
export class PlacePanel {
  constructor(part, bench) {
    Object.assign(this, { part, bench, shown: [], asked: 0 });
    this.list = part.querySelector("[data-place=list]");
    this.pattern = part.querySelector("template").content.firstElementChild;
    part.querySelector("[data-place=close]").addEventListener("click", () => bench.leavePlace());
    part.addEventListener("keydown", (event) => {
      if (event.key === "Escape") bench.leavePlace();
    });
  }

  open(passages) {
    this.shown = passages.map((passage) => passage.id);
    const memos = new Map([...this.list.children].map((card) => [card.dataset.id, card.querySelector("textarea").value]));
    this.list.replaceChildren(...passages.map((passage) => this.card(passage)));
    for (const card of this.list.children) card.querySelector("textarea").value = memos.get(card.dataset.id) ?? "";
    this.learn(passages.slice(0, 5));
  }

  card(passage) {
    const { bench } = this;
    const card = this.pattern.cloneNode(true);
    const one = (name) => card.querySelector(`[data-card=${name}]`);
    card.dataset.id = passage.id;
    one("words").textContent = bench.short(passage.start, passage.end, 220);
    one("codes").replaceChildren(...passage.codes.map((pk) => this.line(passage, pk)));
    one("more").addEventListener("click", () => bench.pick({ passage }));
    const memo = one("memo");
    memo.id = `notat-${passage.id}`;
    one("memo-label").htmlFor = memo.id;
    one("memo-save").addEventListener("click", () => this.write(card, passage));
    return card;
  }

  line(passage, pk) {
    const { bench } = this;
    const code = bench.codeOf(pk);
    const line = document.createElement("li");
    line.dataset.code = pk;
    const by = document.createElement("span");
    by.className = "kp-note";
    line.append(bench.codeMark(code), code.name, " ", by);
    if (passage.mine.includes(pk)) {
      const off = document.createElement("button");
      off.type = "button";
      off.className = "kp-bench-off";
      off.textContent = bench.say("off");
      off.setAttribute("aria-label", bench.say("offCode", { code: code.name }));
      off.addEventListener("click", () => bench.takeOff(passage, pk));
      line.append(off);
    }
    return line;
  }

  async learn(passages) {
    const asked = ++this.asked;
    for (const passage of passages) {
      const answer = await this.bench.ask(this.bench.addressOf("memo", passage.id)).catch(() => null);
      if (asked !== this.asked) return;
      if (answer) this.fill(passage.id, answer);
    }
  }

  fill(id, { memos, by }) {
    const card = this.list.querySelector(`[data-id="${id}"]`);
    if (!card) return;
    for (const line of card.querySelectorAll("[data-code]")) {
      line.querySelector(".kp-note").textContent = by.filter(([pk]) => String(pk) === line.dataset.code).map(([, name]) => name).join(", ");
    }
    card.querySelector("[data-card=memos]").replaceChildren(...memos.map((memo) => {
      const item = document.createElement("li");
      const who = document.createElement("span");
      who.className = "kp-note";
      who.textContent = `${memo.by}, ${memo.at}`;
      item.append(memo.text, document.createElement("br"), who);
      return item;
    }));
  }

  async write(card, passage) {
    const field = card.querySelector("textarea");
    const text = field.value.trim();
    if (!text) return field.focus();
    try {
      this.fill(passage.id, await this.bench.ask(this.bench.addressOf("memo", passage.id), { text }));
      field.value = "";
      this.bench.tell("memoSaved");
    } catch {
      this.bench.warn("notSaved");
    }
  }
}
