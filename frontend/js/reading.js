// Reads a story aloud with the browser's own voice, a paragraph at a time; the button shows itself only where there is one.
const place = document.querySelector("[data-read-aloud]");
const story = document.querySelector("[data-read]");
if (place && story && "speechSynthesis" in window) {
  const button = place.querySelector("button");
  const label = button.textContent;
  const language = story.lang || document.documentElement.lang;
  let reading = null;
  const stop = () => {
    reading?.classList.remove("kp-reads");
    reading = null;
    speechSynthesis.cancel();
    button.textContent = label;
    button.setAttribute("aria-pressed", "false");
  };
  const read = (parts) => {
    const next = parts.shift();
    if (!next) return stop();
    reading = next;
    const words = new SpeechSynthesisUtterance(next.textContent);
    words.lang = language;
    words.rate = 0.95;
    next.classList.add("kp-reads");
    words.onend = () => {
      next.classList.remove("kp-reads");
      if (reading === next) read(parts);
    };
    words.onerror = ({ error }) => {
      if (reading !== next) return;
      stop();
      if (error !== "canceled" && error !== "interrupted") place.textContent = button.dataset.silent;
    };
    speechSynthesis.speak(words);
  };
  button.addEventListener("click", () => {
    if (reading) return stop();
    button.textContent = button.dataset.stop;
    button.setAttribute("aria-pressed", "true");
    read([...story.querySelectorAll(".kp-reading > *, h2")]);
  });
  addEventListener("pagehide", stop);
  place.hidden = false;
}
