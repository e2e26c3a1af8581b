// Rules over the page at the door and nothing else: the line first, and what is kept when there is none.
const CACHE = "kp-door-1";
const PATIENCE = 3000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const isDoor = request.mode === "navigate" && new URL(request.url).pathname === new URL(self.registration.scope).pathname;
  const isPart = new URL(request.url).pathname.startsWith("/static/");
  if (isDoor) event.respondWith(fromLine(request));
  else if (isPart) event.respondWith(kept(request).then((found) => found ?? fetch(request)));
});

const kept = async (request) => (await caches.open(CACHE)).match(request, { ignoreSearch: true, ignoreVary: true });

async function fromLine(request) {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
    if (answer.ok || answer.status < 500) return answer;
  } catch { /* no line */ }
  return (await kept(request)) ?? Response.error();
}
