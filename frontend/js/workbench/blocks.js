// The text as blocks: one for each paragraph of a turn. Built a little at a time, so that the page is never stuck,
// and laid out by the browser only where they are seen (content-visibility).
import { below } from "./positions.js";

const LONGEST = 4000;
const CHUNK = 6000;
const SLICE = 12;
const LETTERS_A_LINE = 62;
const LINE = 38;

function pieces(text, start, end) {
  const found = [];
  while (start < end) {
    const line = text.indexOf("\n", start);
    const stop = line < 0 || line > end ? end : line;
    let cut = stop;
    if (stop - start > LONGEST) {
      const at = text.lastIndexOf(". ", start + LONGEST);
      const space = at > start ? at + 1 : text.lastIndexOf(" ", start + LONGEST);
      if (space > start) cut = space + 1;
    }
    if (/\S/.test(text.slice(start, cut))) found.push([start, cut]);
    start = cut < stop ? cut : stop + 1;
  }
  return found;
}

export function blocksOf(text, turns) {
  const blocks = [];
  let reached = 0;
  const take = (start, end, number, speaker) => {
    pieces(text, start, end).forEach(([a, b], at) => {
      blocks.push({ start: a, end: b, number, speaker, isFirst: at === 0, index: blocks.length });
    });
  };
  for (const [number, start, end, speaker] of turns) {
    take(reached, start, 0, ""); // words that no turn holds are shown too
    take(start, end, number, speaker);
    reached = end;
  }
  take(reached, text.length, 0, "");
  return blocks;
}

export const pause = () => globalThis.scheduler?.yield?.() ?? new Promise((go) => setTimeout(go));

export class Page {
  constructor(feed, text, blocks, say) {
    Object.assign(this, { feed, text, blocks, say, chunks: [], places: new WeakMap() });
    this.starts = blocks.map((block) => block.start);
    for (const block of blocks) {
      const last = this.chunks.at(-1);
      if (!last || block.end - last.start > CHUNK) this.chunks.push({ start: block.start, blocks: [block], entries: [] });
      else last.blocks.push(block);
    }
    this.chunkStarts = this.chunks.map((chunk) => chunk.start);
  }

  async build(onChunk) {
    let began = performance.now();
    for (const chunk of this.chunks) {
      this.feed.append(this.draw(chunk));
      onChunk(chunk);
      if (performance.now() - began < SLICE) continue;
      await pause();
      began = performance.now();
    }
  }

  draw(chunk) {
    const place = document.createElement("div");
    place.className = "kp-bench-chunk";
    let lines = 0;
    for (const block of chunk.blocks) {
      const article = document.createElement("article");
      const words = document.createElement("p");
      block.node = document.createTextNode(this.text.slice(block.start, block.end));
      words.append(block.node);
      if (block.isFirst && block.number) article.id = `t${block.number}`;
      if (block.isFirst && block.speaker) {
        const speaker = document.createElement("span");
        speaker.className = "kp-speaker";
        speaker.textContent = this.nameOf(block);
        article.append(speaker);
      }
      article.append(words);
      article.tabIndex = -1;
      article.dataset.at = block.index;
      article.toggleAttribute("data-interviewer", block.speaker === "interviewer");
      article.setAttribute("aria-posinset", block.index + 1);
      article.setAttribute("aria-setsize", this.blocks.length);
      article.setAttribute("aria-label", this.labelOf(block));
      block.article = article;
      block.chunk = chunk;
      place.append(article);
      lines += Math.ceil((block.end - block.start) / LETTERS_A_LINE) + 0.9;
    }
    place.style.containIntrinsicBlockSize = `auto ${Math.round(lines * LINE)}px`;
    chunk.place = place;
    return place;
  }

  nameOf(block) { return block.speaker === "interviewer" ? this.say("interviewer") : block.speaker; }
  labelOf(block, more = "") { return [this.nameOf(block), block.number && `${this.say("turn")} ${block.number}`, more].filter(Boolean).join(", "); }
  blockAt(unit) { return this.blocks[Math.max(below(this.starts, unit + 1) - 1, 0)]; }
  chunksBetween(start, end) { return this.chunks.slice(Math.max(below(this.chunkStarts, start + 1) - 1, 0), below(this.chunkStarts, end)); }
  blocksBetween(start, end) {
    const first = Math.max(below(this.starts, start + 1) - 1, 0);
    return this.blocks.slice(first, below(this.starts, end)).filter((block) => block.end > start);
  }

  rangesOf(start, end, within = this.blocksBetween(start, end)) {
    return within.filter((block) => block.start < end && block.end > start).map((block) => new StaticRange({
      startContainer: block.node, startOffset: Math.max(start - block.start, 0),
      endContainer: block.node, endOffset: Math.min(end, block.end) - block.start,
    }));
  }

  // The place in the text of a place in the document. What is not text stands before the words that follow it.
  unitAt(node, offset, isEnd = false) {
    const article = node.nodeType === Node.TEXT_NODE && node.parentNode.closest(".kp-bench-chunk > article");
    const block = article && this.blocks[article.dataset.at];
    if (block && block.node === node) return block.start + offset;
    const point = document.createRange();
    point.setStart(node, offset);
    let low = 0;
    let high = this.blocks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (point.comparePoint(this.blocks[middle].node, 0) < 0) low = middle + 1;
      else high = middle;
    }
    return isEnd ? this.blocks[Math.max(low - 1, 0)].end : this.blocks[Math.min(low, this.blocks.length - 1)].start;
  }

  trimmed(start, end) {
    while (start < end && /\s/.test(this.text[start])) start++;
    while (end > start && /\s/.test(this.text[end - 1])) end--;
    return [start, end];
  }

  wordAfter(unit) {
    const word = /\S+/g;
    word.lastIndex = unit;
    const found = word.exec(this.text);
    return found && [found.index, word.lastIndex];
  }

  wordBefore(unit) {
    let end = unit;
    while (end > 0 && /\s/.test(this.text[end - 1])) end--;
    let start = end;
    while (start > 0 && /\S/.test(this.text[start - 1])) start--;
    return end > start ? [start, end] : null;
  }

  show(block, where = "center") {
    block.article.scrollIntoView({ block: where });
    // What was above had only a guessed height until now.
    requestAnimationFrame(() => requestAnimationFrame(() => block.article.scrollIntoView({ block: where })));
  }
}
