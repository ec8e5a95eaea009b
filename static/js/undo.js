// Ctrl+Z and Ctrl+Y over the last 50 edits of the month's page. Taking back is a save like any other: a new version.
"use strict";

(function () {
  const LAST = 50;
  const done = [];
  const undone = [];
  const saved = new Map();
  const sending = new Map();
  let isBusy = false;

  const keep = (row) => saved.set(row.id, grid.fieldsOf(row));
  document.querySelectorAll("tbody.row[hx-post]").forEach(keep);

  // A row that was fetched again shows what another person saved.
  document.addEventListener("htmx:load", (event) => {
    if (event.detail.elt.matches("tbody.row[hx-post]")) keep(event.detail.elt);
  });

  // What differs between two states of a row; null where nothing does.
  function changeOf(row, after) {
    const before = saved.get(row.id);
    saved.set(row.id, after);
    return Object.keys(after).some((name) => after[name] !== before[name]) ? { id: row.id, before, after } : null;
  }

  function remember(changes) {
    if (!changes.length) return;
    done.push(changes);
    if (done.length > LAST) done.shift();
    undone.length = 0;
  }

  // A block that was pasted is one step.
  grid.remember = (rows) => remember(rows.map((row) => changeOf(row, grid.fieldsOf(row))).filter(Boolean));

  document.addEventListener("htmx:configRequest", (event) => {
    const row = grid.rowOf(event.detail.elt);
    if (row && event.detail.verb === "post") sending.set(row.id, event.detail.elt === row ? grid.fieldsOf(row) : null);
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    const row = grid.rowOf(event.detail.elt);
    if (!row || !event.detail.successful || !sending.has(row.id)) return;
    const now = grid.fieldsOf(row);
    const after = sending.get(row.id) || now;
    const state = row.querySelector(".state");
    const [amount, nothing] = [row.querySelector("input.cell"), row.querySelector(".nothing")];
    sending.delete(row.id);
    if (amount) after[amount.name] = state.dataset.amount;
    if (nothing) after[nothing.name] = now[nothing.name];
    for (const field of row.querySelectorAll("input:not([type='checkbox']), textarea")) {
      if (field !== amount && field.value === after[field.name]) field.defaultValue = field.value;
    }
    remember([changeOf(row, after)].filter(Boolean));
  });

  // A number that was saved once is not asked about again.
  function confirmed(fields) {
    const numbers = Object.entries(fields).filter(([name, value]) => value && /^(amount|year_estimate|denominator)/.test(name));
    return { ...fields, ...Object.fromEntries(numbers.map(([name, value]) => [`sure-${name}`, value])) };
  }

  // Empty boxes are not sent; an empty text is.
  function sent(row, fields) {
    const isBox = (name) => row.querySelector(`[name="${name}"]`)?.type === "checkbox";
    return Object.fromEntries(Object.entries(fields).filter(([name, value]) => value !== "" || !isBox(name)));
  }

  async function step(from, to, side, word) {
    const changes = from.pop();
    if (!changes) return window.announce(`Không còn gì để ${word.toLowerCase()}.`);
    isBusy = true;
    const rows = changes.map((one) => {
      const row = document.getElementById(one.id);
      return { row, fields: sent(row, confirmed(one[side])) };
    });
    const status = await grid.saveMany(rows, "#messages");
    isBusy = false;
    if (status === 0 || status >= 500) return from.push(changes);
    if (status >= 400) return undefined;
    to.push(changes);
    changes.forEach((one, index) => {
      saved.set(one.id, one[side]);
      grid.show(rows[index].row, one[side]);
    });
    const first = rows[0].row;
    const name = first.querySelector("th").textContent.trim();
    first.querySelector(".cell").focus();
    const many = changes.length > 1 ? `${changes.length} dòng, từ ` : "";
    window.announce(`${word}: ${many}${name}, ${status === 202 ? "chờ mạng" : "đã lưu"}.`);
  }

  // One save after the other: the next step needs the version that the last one made.
  function whenQuiet(act) {
    if (isBusy || document.querySelector(".row.saving")) setTimeout(whenQuiet, 100, act);
    else act();
  }

  document.addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase();
    if (!(event.ctrlKey || event.metaKey) || event.altKey || !["z", "y"].includes(key) || document.querySelector("dialog[open]")) return;
    // Within a text that is being typed the browser takes back letters.
    const field = event.target.closest("input:not([type='checkbox']), textarea");
    if (field && field.value !== field.defaultValue) return;
    event.preventDefault();
    const isAgain = key === "y" || event.shiftKey;
    whenQuiet(() => isAgain ? step(undone, done, "after", "Làm lại") : step(done, undone, "before", "Hoàn tác"));
  });
})();
