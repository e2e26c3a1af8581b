// A button beside a file field that lets somebody speak instead: the recording is put in the field as a file.
// Without a microphone, or without script, the field works as it is.
const LONGEST = 5 * 60 * 1000;
const KINDS = [["audio/webm", "webm"], ["audio/mp4", "m4a"], ["audio/ogg", "ogg"]];

function put(field, parts, kind, ending) {
  const files = new DataTransfer();
  files.items.add(new File(parts, `opptak.${ending}`, { type: kind }));
  field.files = files.files;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

// How long it has run, for those who see it; a screen reader is not told every second.
function runClock(clock) {
  const began = Date.now();
  const minutes = (time) => `${Math.floor(time / 60000)}:${String(Math.floor(time / 1000) % 60).padStart(2, "0")}`;
  const tick = () => { clock.textContent = `${minutes(Date.now() - began)} / ${minutes(LONGEST)}`; };
  tick();
  return setInterval(tick, 1000);
}

async function start(field, button, status, clock) {
  const [kind, ending] = KINDS.find(([one]) => MediaRecorder.isTypeSupported(one)) ?? KINDS[0];
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const recorder = new MediaRecorder(stream, { mimeType: kind, audioBitsPerSecond: 48000 });
  const parts = [];
  const running = runClock(clock);
  recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
  recorder.addEventListener("stop", () => {
    for (const track of stream.getTracks()) track.stop();
    clearInterval(running);
    put(field, parts, kind, ending);
    button.textContent = field.dataset.record;
    status.textContent = field.dataset.recordDone;
  });
  recorder.start();
  setTimeout(() => recorder.state === "recording" && recorder.stop(), LONGEST);
  button.textContent = field.dataset.recordStop;
  status.textContent = "";
  return recorder;
}

export function letPeopleSpeak() {
  if (!navigator.mediaDevices?.getUserMedia || !window.MediaRecorder) return;
  for (const field of document.querySelectorAll("input[type=file][data-record]")) {
    const button = document.createElement("button");
    const status = document.createElement("p");
    const clock = document.createElement("span");
    clock.className = "kp-note";
    clock.setAttribute("aria-hidden", "true");
    button.type = "button";
    button.className = "ds-button";
    button.dataset.variant = "secondary";
    button.textContent = field.dataset.record;
    status.setAttribute("role", "status");
    let recorder = null;
    button.addEventListener("click", async () => {
      if (recorder?.state === "recording") return recorder.stop();
      try {
        recorder = await start(field, button, status, clock);
      } catch {
        status.textContent = field.dataset.recordRefused;
      }
    });
    field.before(button, " ", clock, status);
  }
}
