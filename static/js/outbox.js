// What was typed and has not reached the server: kept on this device for its person, sent once, answered row by row.
// Every row has an id "person:figure"; beside it may lie ":typing" (not yet left) and ":known" (saved after the page
// was drawn, so that a page opened without line shows it).
"use strict";

(function () {
  const person = document.body.dataset.person;
  const COUNT = `kept-${person}`;
  const EARLY = `early-${person}-`;
  const PATIENCE = 30000;
  const AGAIN = 5000;
  const MOST = 100;
  const SENTENCES = {
    gone: "Biểu này không còn mở cho anh/chị: báo cáo hoặc phân công đã thay đổi.",
    ended: "Phiên đăng nhập đã hết.",
    busy: "Máy chủ đang bận.",
    down: "Mất mạng.",
  };
  const items = new Map();

  // --- The store ------------------------------------------------------------------------------------------------

  const opened = new Promise((done, fail) => {
    const asked = indexedDB.open("thi-dua", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("rows", { keyPath: "id" }).createIndex("person", "person");
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });

  // Written through to the disk: a laptop that is closed or killed the next moment still has it. What is written in one
  // breath (the answer for sixty rows) goes in one transaction: to the disk once, all of it or nothing.
  async function inStore(mode, work) {
    const store = await opened;
    return new Promise((done, fail) => {
      const transaction = store.transaction("rows", mode, { durability: "strict" });
      const asked = work(transaction.objectStore("rows"));
      transaction.commit(); // else a page that is left right now would take it back
      transaction.oncomplete = () => done(asked.result);
      transaction.onabort = () => fail(transaction.error);
    });
  }

  let works = [];
  let written;
  function write(work) {
    if (!works.length) written = inStore("readwrite", (rows) => works.splice(0).map((one) => one(rows)).pop());
    works.push(work);
    return written;
  }

  function put(item) {
    items.set(item.id, item);
    draw();
    return write((rows) => rows.put(item));
  }

  function remove(id) {
    if (!items.delete(id)) return undefined;
    draw();
    return write((rows) => rows.delete(id));
  }

  const ofKind = (...kinds) => [...items.values()].filter((item) => kinds.includes(item.kind));

  // What waits is noted at once as well: what is on its way to the disk is taken back when the page is left.
  const noteOf = (item) => EARLY + item.figure;

  function drop(item) {
    if (localStorage[noteOf(item)]?.includes(item.key)) delete localStorage[noteOf(item)];
  }

  // A row that still waits keeps the version it was first read with: what came between must be seen.
  function hold(item) {
    const before = items.get(item.id);
    const isWaiting = before?.kind === "waiting";
    remove(`${item.id}:typing`);
    const held = {
      ...item, person, kind: "waiting",
      version: isWaiting ? before.version : item.version,
      earlier: isWaiting ? [...before.earlier, before.key] : item.earlier || [],
    };
    localStorage[noteOf(held)] = JSON.stringify(held);
    put(held).then(() => drop(held));
    return held;
  }

  // The notes of a page that was left, and of grid.js from before this script came. Rows of the page that is open are left
  // to keep.js, which sees their answers.
  const notes = () => Object.keys(localStorage).filter((name) => name.startsWith(EARLY));

  function adopt(isHere) {
    for (const name of notes()) {
      const note = JSON.parse(localStorage[name]);
      const [row, id] = [document.querySelector(`#row-${note.figure}[hx-post]`), `${person}:${note.figure}`];
      const before = items.get(id);
      if ((row && !isHere) || (before && !before.isRead)) continue;
      if (before?.key === note.key) drop(note);
      else hold({ ...note, id }).isFlying = Boolean(row?.classList.contains("saving"));
    }
  }

  // --- Sending --------------------------------------------------------------------------------------------------

  let line = navigator.onLine ? "up" : "down";
  let isSending = false;
  let timer = 0;

  class Unsent extends Error {}

  // An empty box is not sent; an empty text is.
  const isSent = ([name, value]) => value !== "" || !/^(nothing_arose|is_estimate|is_cumulative)-/.test(name);

  function bodyOf(address, some) {
    const body = new URLSearchParams();
    if (document.querySelector(`.month[data-waiting="${address}"]`)) body.set("shown", "1");
    for (const item of some) {
      Object.entries(item.fields).filter(isSent).forEach(([name, value]) => body.set(name, value));
      body.set(`version-${item.figure}`, item.version);
      body.set(`key-${item.figure}`, item.key);
      body.set(`earlier-${item.figure}`, item.earlier.join(" "));
    }
    return body;
  }

  function ask(address, body) {
    const headers = { "X-CSRFToken": csrfToken() };
    const signal = AbortSignal.timeout(PATIENCE);
    return fetch(address, { method: "POST", body, headers, signal, redirect: "manual" }).catch(() => { throw new Unsent("down"); });
  }

  async function send(address, some) {
    const keys = new Map(some.map((item) => [item.id, item.key]));
    let answer = await ask(address, bodyOf(address, some));
    if (answer.status === 403) {
      // A token of an earlier log-in: any page brings the new one.
      await fetch(some[0].page, { cache: "no-store" }).catch(() => { throw new Unsent("down"); });
      answer = await ask(address, bodyOf(address, some));
    }
    if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) throw new Unsent("ended");
    if (answer.status === 404) return some.forEach((item) => settle(item, keys.get(item.id), { fate: "closed", sentence: SENTENCES.gone, held: "", version: "" }));
    if (answer.status !== 200 && answer.status !== 422) throw new Unsent("busy");
    const { rows, html } = await answer.json();
    for (const row of rows) {
      const item = items.get(`${person}:${row.figure}`);
      if (item) settle(item, keys.get(item.id), row);
    }
    document.dispatchEvent(new CustomEvent("outbox:answered", { detail: { address, rows, html } }));
    return undefined;
  }

  // What an answer means for a row; one that was typed anew meanwhile goes on waiting, now upon the saved version.
  function settle(item, key, { fate, sentence, held, version }) {
    if (fate === "saved" && item.key === key) {
      remove(item.id);
      known(item, version);
    } else if (fate === "saved") put({ ...item, version, earlier: [] });
    else if (item.key === key) put({ ...item, kind: fate, sentence, held, heldVersion: version });
  }

  function known(item, version) {
    put({ id: `${item.id}:known`, kind: "known", person, figure: item.figure, address: item.address, fields: item.fields, version });
  }

  async function flush() {
    const waiting = ofKind("waiting").filter((item) => !item.isFlying);
    if (isSending || !waiting.length) return;
    isSending = true;
    draw();
    let sent = 0;
    try {
      for (const address of new Set(waiting.map((item) => item.address))) {
        const some = waiting.filter((item) => item.address === address);
        for (let from = 0; from < some.length; from += MOST) {
          await send(address, some.slice(from, from + MOST));
          sent += some.slice(from, from + MOST).filter((item) => !items.has(item.id)).length;
        }
      }
      line = "up";
    } catch (error) {
      if (!(error instanceof Unsent)) throw error;
      line = error.message;
    } finally {
      isSending = false;
      draw();
    }
    if (sent && line === "up") tell(`Đã gửi ${sent} số liệu giữ trên máy này.`, true);
    again();
  }

  // While something waits or the line is down, it is tried from time to time; an ended log-in waits for its person.
  function again() {
    clearTimeout(timer);
    if (line === "ended" || (line === "up" && !ofKind("waiting").length)) return;
    timer = setTimeout(ofKind("waiting").length ? flush : knock, AGAIN);
  }

  const knock = () => fetch("/sw.js", { method: "HEAD", cache: "no-store" }).then(() => setLine("up"), again);

  function setLine(word) {
    if (line !== word) {
      line = word;
      if (word !== "up") announce(sentenceOf(ofKind("waiting").length));
    }
    draw();
    again();
  }

  addEventListener("offline", () => setLine("down"));
  document.addEventListener("htmx:sendError", () => setLine("down"));
  addEventListener("online", () => {
    setLine("up");
    flush();
  });

  // --- One calm line at the foot of the page -----------------------------------------------------------------------

  const strip = document.createElement("aside");
  strip.id = "line";
  strip.setAttribute("aria-label", "Đường truyền và số liệu chờ gửi");
  strip.hidden = true;
  document.body.append(strip);
  let isTold = false;
  let isRead = false; // before, the device may hold more than is counted here

  function sentenceOf(count) {
    if (!count) return "Mất mạng. Vẫn nhập được: số liệu giữ trên máy này và tự gửi khi có mạng.";
    const how = line === "ended" ? "giữ trên máy này, đăng nhập lại là tự gửi." : "giữ trên máy này và tự gửi khi có mạng.";
    return `${SENTENCES[line] || "Chưa gửi xong."} ${count} số liệu ${how}`;
  }

  function fill(text, ...more) {
    if (!strip.isConnected) document.body.append(strip); // the page was drawn anew
    strip.replaceChildren(text, ...more);
    strip.hidden = false;
    strip.classList.remove("good");
  }

  function link(text, address) {
    const element = document.createElement("a");
    [element.href, element.textContent] = [address, text];
    return element;
  }

  function draw() {
    const waiting = ofKind("waiting");
    const unsure = ofKind("conflict", "closed");
    if (isRead) localStorage.setItem(COUNT, String(waiting.length + unsure.length));
    const beside = unsure.filter((item) => item.page !== location.pathname);
    if (isTold) return;
    if (isSending) fill(`Đang gửi ${waiting.length} số liệu…`);
    else if (line === "ended" && waiting.length) {
      fill(`${sentenceOf(waiting.length)} `, link("Đăng nhập lại", `/dang-nhap/?next=${encodeURIComponent(location.pathname)}`));
    } else if (line === "down" || line === "busy") fill(sentenceOf(waiting.length));
    else if (beside.length) fill(`${beside.length} số liệu đã nhập chưa ghi được. `, link("Xem lại", beside[0].page));
    else strip.hidden = true;
  }

  function tell(text, isGood) {
    fill(text);
    strip.classList.toggle("good", isGood);
    announce(text);
    isTold = true;
    setTimeout(() => {
      isTold = false;
      draw();
    }, 6000);
  }

  // --- Leaving --------------------------------------------------------------------------------------------------

  function clear() {
    const gone = [...items.keys()];
    items.clear();
    [COUNT, ...notes()].forEach((name) => localStorage.removeItem(name));
    return inStore("readwrite", (rows) => gone.map((id) => rows.delete(id))[0] || rows.count());
  }

  // Logging out sends first. What cannot be sent stays for the person's next log-in; then the person is asked.
  async function leave(form) {
    await ready;
    await flush();
    const left = ofKind("waiting", "conflict", "closed", "wrong", "typing");
    if (!left.length) return clear().then(() => form.submit());
    const button = document.createElement("button");
    [button.type, button.className, button.textContent] = ["button", "button small", "Vẫn đăng xuất"];
    button.addEventListener("click", () => form.submit());
    isTold = true;
    fill(`${left.length} số liệu chưa gửi được. Nếu đăng xuất, chúng được giữ trên máy này đến lần anh/chị đăng nhập sau. `, link("Xem lại", left[0].page || location.pathname), " ", button);
    announce(strip.textContent);
    return button.focus();
  }

  const ready = inStore("readonly", (rows) => rows.index("person").getAll(person)).then((found) => {
    found.forEach((item) => items.has(item.id) || items.set(item.id, { ...item, isFlying: false, isRead: true }));
    adopt(false);
    isRead = true;
    if (found.length || line === "down") draw();
    flush();
  });

  window.outbox = {
    person, ready, put, hold, adopt, remove, known, flush, setLine, tell, leave, ofKind,
    get: (id) => items.get(id),
    get isDown() { return line !== "up"; },
  };
})();
