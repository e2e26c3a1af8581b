// Coding by keyboard alone. In the text: up and down by turn, left and right by passage, Enter to choose words.
// While choosing: arrows move by word, with Shift they widen; Enter or a letter opens the codes.
export class Keys {
  constructor(bench) {
    this.bench = bench;
    this.page = bench.page;
    this.words = null;
    bench.feed.addEventListener("keydown", (event) => this.key(event));
    bench.feed.addEventListener("focusin", (event) => {
      const article = event.target.closest("article");
      if (article) this.rove(this.page.blocks[article.dataset.at]);
    });
  }

  get block() { return this.page.blocks[this.at]; }

  // One block at a time is in the order of Tab.
  rove(block, withFocus = false) {
    if (!block) return;
    if (this.at !== undefined && this.block.article) this.block.article.tabIndex = -1;
    this.at = block.index;
    if (!block.article) return;
    block.article.tabIndex = 0;
    const count = this.bench.passagesIn(block).length;
    block.article.setAttribute("aria-label", this.page.labelOf(block, count ? this.bench.say("count", { n: count }) : ""));
    if (withFocus) block.article.focus({ preventScroll: true });
  }

  key(event) {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !event.shiftKey) {
      event.preventDefault();
      this.bench.undo();
    } else if (event.key === "?") {
      event.preventDefault();
      this.bench.help.showModal();
    } else if (this.words) this.chooseKey(event);
    else this.moveKey(event);
  }

  moveKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const steps = { ArrowDown: () => this.step(1), ArrowUp: () => this.step(-1), j: () => this.step(1), k: () => this.step(-1), PageDown: () => this.step(5), PageUp: () => this.step(-5),
      Home: () => this.go(this.page.blocks[0]), End: () => this.go(this.page.blocks.at(-1)), ArrowRight: () => this.passage(1), ArrowLeft: () => this.passage(-1),
      Enter: () => this.begin(), Escape: () => this.bench.current && this.bench.leavePlace() };
    if (!steps[event.key]) return;
    event.preventDefault();
    steps[event.key]();
  }

  step(by) {
    let at = this.at;
    for (let left = Math.abs(by); left > 0; left--) {
      let next = at + Math.sign(by);
      while (this.page.blocks[next]?.article.hidden) next += Math.sign(by);
      if (!this.page.blocks[next]) break;
      at = next;
    }
    this.go(this.page.blocks[at]);
  }

  go(block) {
    this.rove(block, true);
    block.article.scrollIntoView({ block: "nearest" });
  }

  passage(by) {
    const { order, current } = this.bench;
    let at = current ? order.indexOf(current) : -1;
    if (at >= 0) at += by;
    else {
      at = order.findIndex((one) => one.start >= this.block.start);
      if (at < 0) at = order.length;
      if (by < 0) at -= 1;
    }
    const found = order[at];
    if (!found) return this.bench.tell("noMore");
    const block = this.page.blockAt(found.start);
    this.bench.showPlace([found]);
    this.go(block);
  }

  // -- choosing words --------------------------------------------------------------------------------------
  begin() {
    const word = this.page.wordAfter(this.block.start);
    if (!word) return;
    if (this.bench.current) this.bench.turnTo("rest");
    this.bench.current = null;
    this.choose(...word);
    this.bench.tell("choosing", { words: this.bench.short(...word) });
  }

  choose(start, end) {
    this.words = [start, end];
    this.bench.root.dataset.choosing = "";
    this.bench.marks.point(start, end);
    this.bench.tell("chosen", { words: this.bench.short(start, end) });
    const block = this.page.blockAt(end - 1);
    if (block !== this.block) this.rove(block, true);
    block.article.scrollIntoView({ block: "nearest" });
  }

  chooseKey(event) {
    const [start, end] = this.words;
    const { key, shiftKey } = event;
    const { page } = this;
    let next = null;
    if (key === "ArrowRight") {
      const word = page.wordAfter(end);
      if (word) next = shiftKey ? [start, word[1]] : word;
    } else if (key === "ArrowLeft") {
      const last = page.wordBefore(end);
      const before = page.wordBefore(shiftKey ? last[0] : start);
      if (before) next = !shiftKey ? before : before[1] > start ? [start, before[1]] : this.words;
    } else if (key === "ArrowDown") {
      const block = page.blockAt(end - 1);
      const isWhole = !page.wordAfter(end) || page.wordAfter(end)[0] >= block.end;
      const to = isWhole ? page.blocks[block.index + 1] : block;
      if (to) next = shiftKey ? page.trimmed(start, to.end) : page.wordAfter((isWhole ? to : page.blocks[block.index + 1] ?? to).start);
    } else if (key === "ArrowUp") {
      const block = page.blockAt(end - 1);
      const before = page.blocks[block.index - 1];
      if (before) next = !shiftKey ? page.wordAfter(before.start) : before.end > start ? page.trimmed(start, before.end) : page.wordAfter(start);
    } else if (key === "Enter") {
      event.preventDefault();
      return this.bench.pick({ start, end });
    } else if (key === "Escape") {
      this.stop();
      this.bench.marks.point(0, 0);
      return this.bench.tell("stopped");
    } else if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === "a") {
      next = page.trimmed(this.block.start, this.block.end);
    } else if (key.length === 1 && /\p{L}/u.test(key) && !event.ctrlKey && !event.metaKey && !event.altKey) {
      return this.bench.pick({ start, end }); // the letter itself lands in the field
    } else return undefined;
    event.preventDefault();
    if (next) this.choose(...next);
    return undefined;
  }

  goOn() {
    if (!this.words) return false;
    this.bench.marks.point(...this.words);
    return true;
  }

  stop() {
    this.words = null;
    delete this.bench.root.dataset.choosing;
  }
}
