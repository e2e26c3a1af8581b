// Shows passages in the text by the CSS Custom Highlight API: no element for any of them. Each colour has a few
// lanes, so that passages that overlap are underlined one below the other. Ranges are made for what is in sight.
const LANES = 3;
const hasHighlights = typeof Highlight === "function" && Boolean(CSS.highlights);

export class Marks {
  constructor(page, colourOf) {
    Object.assign(this, { page, colourOf, shown: [], lit: new Map(), inSight: new Set() });
    this.watch = new IntersectionObserver((seen) => {
      for (const one of seen) {
        const chunk = this.chunkOf.get(one.target);
        if (one.isIntersecting) this.paint(chunk);
        else this.clear(chunk);
      }
    }, { rootMargin: "100% 0px" });
    this.chunkOf = new WeakMap();
  }

  follow(chunk) {
    this.chunkOf.set(chunk.place, chunk);
    this.watch.observe(chunk.place);
  }

  // Which lane each passage lies in, and which chunks it touches. `passages` stand in the order of the text.
  lay(passages) {
    this.shown = passages;
    for (const chunk of this.page.chunks) chunk.entries = [];
    const ends = new Array(LANES).fill(0);
    for (const passage of passages) {
      for (const colour of new Set(passage.seen.map(this.colourOf))) {
        let lane = ends.findIndex((end) => end <= passage.start);
        if (lane < 0) lane = LANES - 1;
        ends[lane] = Math.max(ends[lane], passage.end);
        for (const chunk of this.page.chunksBetween(passage.start, passage.end)) chunk.entries.push([passage, `kp-${colour}-${lane}`]);
      }
    }
    for (const chunk of [...this.inSight]) {
      this.clear(chunk);
      this.paint(chunk);
    }
  }

  highlight(name, priority = 0) {
    let found = this.lit.get(name);
    if (!found) {
      found = new Highlight();
      found.priority = priority;
      CSS.highlights.set(name, found);
      this.lit.set(name, found);
    }
    return found;
  }

  paint(chunk) {
    this.inSight.add(chunk);
    if (!hasHighlights) {
      for (const block of chunk.blocks) this.count(block, chunk);
      return;
    }
    chunk.painted = chunk.entries.flatMap(([passage, name]) => this.page.rangesOf(passage.start, passage.end, chunk.blocks)
      .map((range) => [this.highlight(name), range]));
    for (const [highlight, range] of chunk.painted) highlight.add(range);
  }

  clear(chunk) {
    this.inSight.delete(chunk);
    for (const [highlight, range] of chunk.painted ?? []) highlight.delete(range);
    chunk.painted = [];
  }

  // Where the browser cannot light up words: how many passages a block has, in the margin.
  count(block, chunk) {
    const n = new Set(chunk.entries.map(([passage]) => passage).filter((p) => p.start < block.end && p.end > block.start)).size;
    if (n) block.article.dataset.count = n;
    else delete block.article.dataset.count;
  }

  // One place that is being chosen or looked at, above all the others.
  point(start, end) {
    for (const article of this.pointed ?? []) article.removeAttribute("data-chosen");
    this.pointed = [];
    if (hasHighlights) this.highlight("kp-chosen", 9).clear();
    if (end <= start) return;
    if (hasHighlights) for (const range of this.page.rangesOf(start, end)) this.highlight("kp-chosen").add(range);
    else this.pointed = this.page.blocksBetween(start, end).map((block) => block.article);
    for (const article of this.pointed) article.setAttribute("data-chosen", "");
  }
}
