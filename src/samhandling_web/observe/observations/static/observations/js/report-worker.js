// Keeps the report page and its files, so that it opens in a tunnel. Nothing else is kept.
// KEEPS, which names them, stands before this text: see offline.py.

const CACHE = `rapportera-${KEEPS.version}`;
const PATIENCE_MS = 4_000;
const files = new Set(KEEPS.files.map((name) => new URL(name, self.location.origin).pathname));
const layers = new Set(KEEPS.layers.map((name) => new URL(name, self.location.origin).pathname));

// A page for signing in, or an error, must not take the report page's place.
const isWhole = (answer) => answer.ok && !answer.redirected && answer.type === "basic";

const kept = async (request) => (await caches.open(CACHE)).match(request, { ignoreSearch: true, ignoreVary: true });

const keep = async (request, answer) => {
  if (isWhole(answer)) await (await caches.open(CACHE)).put(request, answer.clone());
  return answer;
};

// By its address: a browser's own going to a page cannot be given a time. Who has to sign in is sent
// on by the browser, which alone may follow.
const fetchedFirst = async (name) => {
  try {
    const answer = await fetch(name, { credentials: "same-origin", redirect: "manual", signal: AbortSignal.timeout(PATIENCE_MS) });
    // A server that is down answers too; what was kept is better than its apology.
    if (answer.status >= 500) return (await kept(name)) ?? answer;
    return await keep(name, answer);
  } catch (error) {
    const answer = await kept(name);
    if (answer) return answer;
    throw error;
  }
};

const keptFirst = async (request) => (await kept(request)) ?? keep(request, await fetch(request));

const keepAll = async () => {
  const cache = await caches.open(CACHE);
  await cache.addAll(KEEPS.files.map((name) => new Request(name, { cache: "reload" })));
  for (const name of [KEEPS.page, ...KEEPS.layers]) {
    try {
      await keep(name, await fetch(name, { credentials: "same-origin", cache: "reload" }));
    } catch {
      // The page is kept the next time it is opened.
    }
  }
};

self.addEventListener("install", (event) => {
  event.waitUntil(keepAll().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = async () => {
    const names = await caches.keys();
    const others = names.filter((name) => name.startsWith("rapportera-") && name !== CACHE);
    await Promise.all(others.map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(old());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (pathname === KEEPS.page) event.respondWith(fetchedFirst(KEEPS.page));
  } else if (files.has(pathname)) event.respondWith(keptFirst(request));
  else if (layers.has(pathname)) event.respondWith(fetchedFirst(request.url));
});
