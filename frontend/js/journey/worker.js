// Between the journey and a bad line. Keeps the house's own files and two pages that hold nothing of anybody; a
// personal page is never kept. What a person wrote is in the sealed store, which this script does not open.
const { version, home, shell, alone, files } = self.KP;
const NAME = `kp-min-vei-${version}`;
const PATIENCE = 8000;
const fresh = (url) => new Request(url, { cache: "reload", credentials: "same-origin" });

async function keep() {
  const cache = await caches.open(NAME);
  await cache.addAll(files.map((url) => new Request(url, { cache: "no-cache" })));
  await cache.add(fresh(shell));
  const page = await fetch(fresh(`${alone}?skall`));
  if (page.ok) await cache.put(alone, page);
  await self.skipWaiting();
}

async function clean() {
  for (const name of await caches.keys()) if (name.startsWith("kp-min-vei-") && name !== NAME) await caches.delete(name);
  await self.clients.claim();
}

async function open(request) {
  const { pathname } = new URL(request.url);
  try {
    const isLooking = request.method === "GET";
    const answer = await fetch(request, isLooking ? { signal: AbortSignal.timeout(PATIENCE) } : {});
    if (answer.status < 502 || answer.status > 504) return answer;
  } catch { /* no line: the device's own page */ }
  const cache = await caches.open(NAME);
  return (await cache.match(pathname === alone ? alone : shell)) ?? Response.error();
}

async function file(request) {
  return (await (await caches.open(NAME)).match(request.url)) ?? fetch(request);
}

addEventListener("install", (event) => event.waitUntil(keep()));
addEventListener("activate", (event) => event.waitUntil(clean()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.mode === "navigate" && url.pathname.startsWith(home)) event.respondWith(open(request));
  else if (files.includes(url.pathname) && request.method === "GET") event.respondWith(file(request));
});
