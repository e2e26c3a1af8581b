// Choosing words by mouse or finger, and looking at the passages under a click.
const WAIT = 350;

function caretAt(x, y) {
  const place = document.caretPositionFromPoint?.(x, y);
  if (place) return [place.offsetNode, place.offset];
  const range = document.caretRangeFromPoint?.(x, y);
  return range && [range.startContainer, range.startOffset];
}

function chosenIn(bench) {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!range.intersectsNode(bench.feed)) return null;
  const { page } = bench;
  const [start, end] = page.trimmed(page.unitAt(range.startContainer, range.startOffset), page.unitAt(range.endContainer, range.endOffset, true));
  return end > start ? { start, end } : null;
}

export function followPointer(bench) {
  let kind = "mouse";
  let timer = 0;
  let isTaken = false; // this press chose words: the click that ends it is not a click on a passage
  bench.feed.addEventListener("pointerdown", (event) => {
    kind = event.pointerType;
    isTaken = false;
    bench.keys.stop();
  });
  // The mouse may be let go outside the text.
  document.addEventListener("pointerup", (event) => {
    if (event.pointerType !== "mouse" || event.button || event.target.closest?.("[data-part=panel], .kp-bench-bar, dialog")) return;
    const found = chosenIn(bench);
    if (!found) return;
    isTaken = true;
    bench.pick(found);
  });
  // A finger moves the ends about: it is offered, and taken when asked for.
  document.addEventListener("selectionchange", () => {
    clearTimeout(timer);
    if (kind === "mouse") return;
    timer = setTimeout(() => { bench.offer.hidden = !chosenIn(bench); }, WAIT);
  });
  bench.offer.addEventListener("pointerdown", (event) => event.preventDefault());
  bench.offer.addEventListener("click", () => {
    const found = chosenIn(bench);
    if (found) bench.pick(found);
  });
  bench.feed.addEventListener("click", (event) => {
    if (isTaken || !event.target.closest("p") || chosenIn(bench)) return;
    const place = caretAt(event.clientX, event.clientY);
    const there = place ? bench.passagesAt(bench.page.unitAt(...place)) : [];
    if (there.length) bench.showPlace(there);
    else if ((bench.current || bench.chosen) && !(bench.chosen && bench.picker.chosen.size)) {
      bench.chosen = bench.current = null;
      bench.marks.point(0, 0);
      bench.turnTo("rest");
    }
  });
}
