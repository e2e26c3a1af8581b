// Reviewing what may identify someone, by key: J and K move between the choices, space takes or keeps. Only while
// the focus stands in the list, so that no single key does anything anywhere else.
for (const list of document.querySelectorAll("[data-review]")) {
  list.addEventListener("keydown", (event) => {
    const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    const choices = [...list.querySelectorAll("input")];
    const next = choices[choices.indexOf(document.activeElement) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.closest("li").scrollIntoView({ block: "nearest" });
  });
}
