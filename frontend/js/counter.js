// Counts down beside a field with data-limit. The server has written the limit; this rewrites it as one types.
const WORDS = {
  nb: [(n) => `${n} tegn igjen.`, (n) => `${n} tegn for mye.`],
  nn: [(n) => `${n} teikn att.`, (n) => `${n} teikn for mykje.`],
  en: [(n) => `${n} characters left.`, (n) => `${n} characters too many.`],
};
const QUIET = 1000;

function count(field) {
  const line = document.getElementById(`${field.id}_limit`);
  if (!line) return;
  const limit = Number(field.dataset.limit);
  const [left, over] = WORDS[document.documentElement.lang] ?? WORDS.nb;
  const aloud = document.createElement("span");
  aloud.className = "ds-sr-only";
  aloud.setAttribute("aria-live", "polite");
  line.after(aloud);
  field.removeAttribute("maxlength"); // what is pasted is kept and counted, not cut off in silence
  let timer = 0;
  const say = () => {
    // Code points, as the server counts, not UTF-16 halves. A line break is two on its way to the server.
    const rest = limit - [...field.value.replace(/\n/g, "\r\n")].length;
    line.textContent = rest < 0 ? over(-rest) : left(rest);
    line.toggleAttribute("data-over", rest < 0);
    clearTimeout(timer);
    if (rest < limit / 10) timer = setTimeout(() => { aloud.textContent = line.textContent; }, QUIET);
  };
  field.addEventListener("input", say);
  if (field.value) say();
}

export function countLetters() {
  for (const field of document.querySelectorAll("[data-limit]")) count(field);
}
