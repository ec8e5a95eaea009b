// What every page needs of script: the token of a send, where focus goes after messages, and no send twice.
"use strict";

(function () {
  document.documentElement.classList.add("script");

  function cookie(name) {
    const found = document.cookie.split("; ").find((part) => part.startsWith(name + "="));
    return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
  }

  // The token is read at each send: it changes with the log-in while a page stays open.
  window.csrfToken = () => cookie("csrftoken");
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = csrfToken();
  });

  // Sentences that came instead of what was asked for: bring them before the eyes and the reader.
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target && (event.detail.target.id === "messages" || event.detail.target === document.body)) {
      const place = document.getElementById("messages");
      if (place && place.querySelector("p")) place.focus();
    }
  });

  // The line is down: say so; what was typed stays on the page.
  document.addEventListener("htmx:sendError", () => announce("Mất kết nối. Những gì đã nhập vẫn còn trên trang; thử lại khi có mạng."));

  function announce(sentence) {
    const place = document.getElementById("announce");
    if (place) place.textContent = sentence;
  }
  window.announce = announce;

  // Scripts that a first look at a page does not need, each fetched once.
  const late = {};
  window.loadLate = (address) => late[address] = late[address] || new Promise((done) => {
    const script = document.createElement("script");
    script.src = address;
    script.async = false; // in the order in which they were asked for
    script.onload = done;
    script.onerror = () => delete late[address];
    document.head.append(script);
  });

  document.addEventListener("htmx:load", () => document.querySelector("[type=file], [required], [max]") && loadLate(document.body.dataset.words));

  // A plain form is sent once, however often its button is pressed.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented || form.hasAttribute("hx-post")) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
    setTimeout(() => delete form.dataset.sent, 4000);
  });

  // A choice in a filter takes effect at once; without script its button does it.
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-auto]");
    if (form) form.requestSubmit();
  });

  // Esc closes the disclosure that holds the focus and gives the focus back to its button.
  document.addEventListener("keydown", (event) => {
    const open = event.key === "Escape" && event.target.closest("details.drop[open]");
    if (open) {
      open.open = false;
      open.querySelector("summary").focus();
    }
  });

  // --- What was typed and waits on this device: here only its count is read ------------------------------------------

  const { person, outbox } = document.body.dataset;
  const isHeld = (name) => person && (name === `kept-${person}` || name.startsWith(`early-${person}-`));
  const held = () => Object.keys(localStorage).filter(isHeld);
  if (held().some((name) => localStorage[name] !== "0")) loadLate(outbox);

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form.log-out") || !held().length) return;
    event.preventDefault();
    loadLate(outbox).then(() => window.outbox.leave(event.target));
  }, true);

  const entrance = document.querySelector(".log-in form");
  const left = Object.keys(localStorage).filter((name) => name.startsWith("kept-")).reduce((sum, name) => sum + Number(localStorage[name]), 0);
  if (entrance && left) {
    const note = document.createElement("p");
    note.className = "note";
    note.textContent = `Máy này đang giữ ${left} số liệu chưa gửi. Người đã nhập đăng nhập thì chương trình tự gửi tiếp.`;
    entrance.before(note);
  }
})();
