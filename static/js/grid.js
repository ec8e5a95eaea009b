// The month's grid: keys that move, the state of each save, and the details of a row. htmx saves; nothing here decides.
"use strict";

(function () {
  const rowOf = (element) => element.closest("tbody.row");
  const cells = () => [...document.querySelectorAll(".cell")];

  // --- Keys -----------------------------------------------------------------------------------------------------

  function move(from, by) {
    const all = cells();
    const next = all[all.indexOf(from) + by] || (by > 0 && document.querySelector("#gui :is(button:enabled, summary)"));
    if (next) next.focus();
    else from.blur();
  }

  // In a long month the details of a row are drawn when they are first opened, from the one pattern of the page.
  function draw(row, brief) {
    const place = document.createElement("div");
    place.innerHTML = document.getElementById("blank").innerHTML.replaceAll("987654321", row.id.slice(4)).replaceAll("987654322", brief.dataset.brief);
    const extra = place.firstElementChild;
    if (!("flow" in brief.dataset)) extra.querySelector("[name^='is_cumulative']")?.closest("label").remove();
    extra.querySelector("[type=file]").setAttribute("aria-label", `Tệp minh chứng: ${row.querySelector("th").textContent.trim()}`);
    brief.replaceWith(extra);
    htmx.process(extra);
    htmx.trigger(extra, "htmx:load"); // its button for files speaks the reader's language
    return extra;
  }

  function toggleDetails(row, open) {
    let extra = row.querySelector(".extra");
    if (!extra) return;
    if ("brief" in extra.dataset) extra = draw(row, extra);
    extra.classList.toggle("open", open);
    row.querySelector(".more").setAttribute("aria-expanded", extra.classList.contains("open"));
  }

  document.addEventListener("keydown", (event) => {
    const row = event.target.closest && rowOf(event.target);
    if (!row || event.altKey || event.ctrlKey || event.metaKey) return;
    const isCell = event.target.matches(".cell");
    const isNumber = event.target.matches("input.cell");
    if (event.key === "F2") {
      event.preventDefault();
      toggleDetails(row, true);
      row.querySelector(".extra input").focus();
    } else if (event.key === "Enter" && isCell) {
      event.preventDefault();
      move(event.target, event.shiftKey ? -1 : 1);
    } else if (isNumber && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      move(event.target, event.key === "ArrowDown" ? 1 : -1);
    } else if (isNumber && event.key === "Tab" && event.shiftKey && cells().indexOf(event.target)) {
      event.preventDefault(); // back to the number, not into the details that opened below it meanwhile
      move(event.target, -1);
    } else if (event.key === "Escape" && isNumber) {
      event.target.value = event.target.defaultValue;
      event.target.removeAttribute("aria-invalid");
      row.querySelectorAll(".reading").forEach((line) => line.remove());
      event.target.select();
    } else if (event.key === "Escape" && event.target.closest(".extra")) {
      row.querySelector(".cell").focus();
    } else if (event.key === "Enter" && event.target.matches(".extra input")) {
      event.preventDefault();
      event.target.blur();
      row.querySelector(".cell").focus();
    }
  });

  document.addEventListener("focusin", (event) => {
    if (!event.target.matches("input.cell")) return;
    event.target.select();
    loadAll();
  });

  document.addEventListener("click", (event) => {
    const more = event.target.closest(".more");
    if (more) toggleDetails(rowOf(more), more.getAttribute("aria-expanded") !== "true");
  });

  // With script Tab goes from number to number; links and details of a row are reached by F2.
  const leaveOut = (row) => row.querySelectorAll("tr:not(.beneath) :is(a, .nothing, .more)").forEach((one) => one.tabIndex = -1);
  document.querySelectorAll("tbody.row[hx-post]").forEach(leaveOut);
  document.querySelectorAll(".extra.open").forEach((one) => toggleDetails(rowOf(one), true));

  // A number and "không phát sinh" exclude each other; runs before htmx reads the row.
  document.addEventListener("change", (event) => {
    const row = rowOf(event.target);
    if (!row) return;
    const nothing = row.querySelector(".nothing");
    const amount = row.querySelector("input.cell");
    if (event.target === nothing && nothing.checked) amount.value = "";
    else if (event.target === amount && nothing && amount.value.trim()) nothing.checked = false;
  }, true);

  // --- What comes later ------------------------------------------------------------------------------------------

  const month = document.querySelector(".month");
  const load = (name) => loadLate(month.dataset[name]);

  // Scripts that a first look at the page does not need: most come when nothing else is to be done, or with the first
  // cell; paste.js with the first block.
  async function loadAll() {
    await loadLate(document.body.dataset.outbox);
    ["rows", "keep", "undo", "taking", "numbers", "checks", "hints"].forEach(load);
  }

  // A month that is to be typed is opened for typing: the first empty number has the focus.
  const empty = matchMedia("(pointer: fine)").matches && !location.hash && document.querySelector("input.cell:not([value]):not([placeholder]), input.cell[value='']:not([placeholder])");
  if (empty && document.activeElement === document.body) empty.focus();

  if (month) addEventListener("load", () => (window.requestIdleCallback || setTimeout)(loadAll));

  // --- Saving ---------------------------------------------------------------------------------------------------

  function newKey() {
    return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  // Until keep.js comes what is sent is noted here: the page may be left the next moment.
  const early = (figure) => `early-${document.body.dataset.person}-${figure}`;

  function note(row, parameters) {
    const [figure, cell] = [row.id.slice(4), row.querySelector(".cell")];
    const { key, [`version-${figure}`]: version, ...fields } = parameters;
    const typed = row.querySelector(".nothing:checked") ? "không phát sinh" : cell.selectedOptions?.[0].textContent || cell.value;
    localStorage[early(figure)] = JSON.stringify({
      figure, key, version, fields, typed, address: month.dataset.waiting, page: location.pathname, name: row.querySelector("th").textContent.trim(),
    });
  }

  document.addEventListener("htmx:configRequest", (event) => {
    const { elt, verb, parameters } = event.detail;
    const row = rowOf(elt);
    if (!row || verb !== "post") return;
    parameters.key = newKey();
    if (elt === row && !grid.keepMany) note(row, parameters);
  });

  document.addEventListener("htmx:beforeRequest", (event) => {
    const row = rowOf(event.detail.elt);
    if (row) row.classList.add("saving");
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    const row = rowOf(event.detail.elt);
    if (!row) return;
    const status = event.detail.xhr ? event.detail.xhr.status : 0;
    const isUnsent = status === 0 || status === 401 || status >= 500;
    row.classList.remove("saving");
    row.classList.toggle("unsaved", isUnsent);
    if (!isUnsent) {
      settle(row);
      const noted = early(row.id.slice(4));
      if (localStorage[noted]?.includes(event.detail.requestConfig.parameters.key)) delete localStorage[noted];
    }
    if (status && status < 400) document.getElementById("messages").replaceChildren();
  });

  // A report is not sent over figures that are still on their way: keep.js waits for them, and comes for that if need be.
  document.addEventListener("htmx:confirm", (event) => event.detail.elt.closest("#gui") && grid.hold(event));
  function hold(event) {
    if (!document.querySelector(".row.saving")) return;
    event.preventDefault();
    grid.held = event;
    loadAll();
  }

  // Where the log-in has ended the page stays as it is; what was typed is kept and sent after the next log-in.
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    if (event.detail.xhr.status === 401 && rowOf(event.detail.elt)) event.preventDefault();
  });

  // After an answer: mark a wrong text, show a saved number as it is written, open what asks for a reason, count.
  function settle(row) {
    const state = row.querySelector(".state");
    const amount = row.querySelector("input.cell");
    const wrong = (state.dataset.error || "").split(" ");
    row.querySelectorAll("input:not([type])").forEach((input) => {
      if (wrong.includes(input.name.replace(/-\d+$/, ""))) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    });
    if (amount && !state.hasAttribute("data-keep")) {
      amount.defaultValue = state.dataset.amount;
      amount.placeholder = state.dataset.state === "nothing_arose" ? "k.p.sinh" : "";
      if (document.activeElement !== amount) amount.value = state.dataset.amount;
    }
    leaveOut(row);
    if (row.querySelector("[data-asks]")) toggleDetails(row, true);
    document.getElementById("odd").textContent = document.querySelectorAll(".state[data-odd]").length;
    const name = row.querySelector("th").textContent.trim();
    window.announce(`${name}: ${state.querySelector(".saved").textContent.trim()}`);
  }

  window.grid = { load, settle, rowOf, newKey, toggleDetails, hold };
})();
