// Served as /sw.js behind one line that names SHELL: its version, the page for when there is no line, the files to keep.
// It keeps the month pages of the person who is logged in, of nobody else, and gives them out only when the line is down.
"use strict";

const FILES = `files-${SHELL.version}`;
const PERSON = "person";
const PATIENCE = 8000;
const MONTH = /^\/bao-cao-thang\/(\d+\/)?$/;
const NAMED_BY_CONTENT = /\.[0-9a-f]{12}\./;
const LOOSE = { ignoreVary: true };

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(FILES).then((files) => files.addAll([SHELL.page, ...SHELL.files])).then(() => self.skipWaiting()));
});

// A new version of the house throws old files away, and with them the pages that were drawn with them.
self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const old = (await caches.keys()).filter((name) => name !== FILES && name !== PERSON);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
    for (const one of await self.clients.matchAll()) await keepPage(one.url);
  })());
});

// --- Whose pages ------------------------------------------------------------------------------------------------------

const personNow = async () => (await (await caches.open(PERSON)).match("/"))?.text();
const pagesOf = (person) => caches.open(`pages-${person}`);

async function forget() {
  const names = (await caches.keys()).filter((name) => name.startsWith("pages-") || name === PERSON);
  await Promise.all(names.map((name) => caches.delete(name)));
}

// Every answer tells whose it is: with another person the pages of the one before are gone.
async function remember(address, answer) {
  const person = answer.headers.get("X-Person");
  if (!person || !answer.ok) return;
  if (await personNow() !== person) {
    await forget();
    await (await caches.open(PERSON)).put("/", new Response(person));
  }
  if (MONTH.test(new URL(address).pathname)) await (await pagesOf(person)).put(address, answer);
}

// One after the other: two persons' answers never cross.
let queue = Promise.resolve();
const inTurn = (work) => queue = queue.then(work, work);

async function kept(address) {
  const person = await personNow();
  if (!person) return undefined;
  const pages = await pagesOf(person);
  const path = new URL(address).pathname === "/" ? "/bao-cao-thang/" : address;
  return await pages.match(path, LOOSE) || pages.match(path, { ...LOOSE, ignoreSearch: true });
}

// The page that was open before the worker came.
async function keepPage(address) {
  if (!MONTH.test(new URL(address).pathname) || await kept(address)) return;
  const answer = await fetch(address, { redirect: "manual" }).catch(() => null);
  if (answer) await inTurn(() => remember(address, answer));
}

self.addEventListener("message", (event) => event.waitUntil(keepPage(event.data)));

// --- Answering --------------------------------------------------------------------------------------------------------

async function page(event) {
  const { url } = event.request;
  const own = kept(url);
  const fetched = fetch(event.request).then((answer) => {
    const copy = answer.clone();
    event.waitUntil(inTurn(() => remember(url, copy)));
    return answer;
  });
  const late = new Promise((done) => setTimeout(done, PATIENCE)).then(() => own);
  const first = await Promise.race([fetched.catch(() => null), late]);
  return first || (await fetched.catch(() => null)) || (await own) || caches.match(SHELL.page, LOOSE);
}

async function file(event) {
  const { request } = event;
  const isFixed = NAMED_BY_CONTENT.test(request.url);
  const own = await caches.match(request, LOOSE);
  if (isFixed && own) return own;
  const answer = await fetch(request).catch((error) => {
    if (own) return own;
    throw error;
  });
  if (answer.ok && answer !== own) {
    const copy = answer.clone();
    event.waitUntil(caches.open(FILES).then((files) => files.put(request, copy)));
  }
  return answer;
}

async function logOut(request) {
  const answer = await fetch(request);
  await inTurn(forget);
  return answer;
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname, origin } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.method === "POST" && pathname === "/dang-xuat/") event.respondWith(logOut(request));
  else if (request.method !== "GET") return;
  else if (pathname.startsWith("/static/")) event.respondWith(file(event));
  else if (request.mode === "navigate") event.respondWith(page(event));
});
