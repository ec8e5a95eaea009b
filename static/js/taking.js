// Out of the grid: chosen cells as lines for a workbook. Into it: the figures of the period before, one step to take back.
"use strict";

(function () {
  const picked = () => [...document.querySelectorAll(".cell.picked")];
  const drop = () => picked().forEach((cell) => cell.classList.remove("picked"));

  // Its one rule of style comes with it: the first look at the page does without.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(".month .cell.picked { background: var(--accent-wash); }");
  document.adoptedStyleSheets.push(sheet);

  const numbers = () => [...document.querySelectorAll(".month input.cell")];
  const textOf = (cell) => {
    const input = cell.querySelector("input.cell");
    return (input ? input.value : cell.innerText).replace(/\s+/g, " ").trim();
  };

  // Shift with an arrow chooses from the focused number on.
  function extend(cell, by) {
    const all = numbers();
    const chosen = picked();
    if (!chosen.length) cell.classList.add("picked");
    const edge = by > 0 ? chosen[chosen.length - 1] : chosen[0];
    const next = all[all.indexOf(edge || cell) + by];
    if (next) next.classList.add("picked");
    window.announce(`Đã chọn ${picked().length} ô. Ctrl+C để chép.`);
  }

  // Lines that the mouse has swept over, with every column; within one input the browser copies letters.
  function swept() {
    const selection = document.getSelection();
    if (selection.isCollapsed) return [];
    const lines = [...document.querySelectorAll(".month thead tr, .month .row > tr:not(.beneath)")];
    return lines.filter((line) => selection.containsNode(line, true));
  }

  document.addEventListener("copy", (event) => {
    const chosen = picked();
    const lines = chosen.length > 1 ? [] : swept();
    if (chosen.length < 2 && lines.length < 2) return;
    const rows = chosen.length > 1
      ? chosen.map((cell) => cell.value)
      : lines.map((line) => [...line.children].slice(0, 7).map(textOf).join("\t"));
    event.preventDefault();
    event.clipboardData.setData("text/plain", rows.join("\n"));
    window.announce(`Đã chép ${rows.length} dòng.`);
    drop();
  });

  document.addEventListener("pointerdown", drop);
  document.addEventListener("input", drop);
  document.addEventListener("keydown", (event) => {
    const isArrow = event.key === "ArrowDown" || event.key === "ArrowUp";
    if (event.shiftKey && isArrow && event.target.matches(".row input.cell")) {
      event.preventDefault();
      event.stopPropagation();
      extend(event.target, event.key === "ArrowDown" ? 1 : -1);
    } else if (!event.shiftKey && !event.ctrlKey && !event.metaKey) drop();
  }, true);

  // The figures of the period before: saved by the server in one go, then shown, remembered as one step.
  async function take(button) {
    const answer = document.getElementById("messages");
    const values = { key: grid.newKey() };
    if (button.value) values.take = button.value;
    button.disabled = true;
    await htmx.ajax("POST", button.formAction, { values, target: answer, swap: "innerHTML" }).catch(() => {});
    button.disabled = false;
    const rows = new Set();
    for (const one of answer.querySelectorAll("data")) {
      const control = document.querySelector(`[name="${one.dataset.name}"]`);
      if (control.matches("input")) control.value = control.defaultValue = one.value;
      rows.add(grid.rowOf(control));
    }
    rows.forEach((row) => grid.settle(row));
    grid.remember([...rows]);
    answer.focus();
  }

  // In the details of a row: the same for this row alone.
  const address = document.querySelector(".month").dataset.save.replace(/dan\/$/, "so-ky-truoc/");

  function offer(row) {
    const [extra, before] = [row.querySelector(".extra"), row.querySelector("[data-label='Kỳ trước']")];
    if (!extra || "brief" in extra.dataset || extra.querySelector("[data-take]") || !row.querySelector("input.cell")) return;
    if (before.firstChild.textContent.trim() === "–") return;
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "button small", value: row.id.slice(4), textContent: "Lấy số kỳ trước", formAction: address });
    button.dataset.take = "";
    extra.querySelector(".evidence").before(button);
  }

  document.querySelectorAll("tbody.row[hx-post]").forEach(offer);
  for (const kind of ["click", "keyup"]) {
    document.addEventListener(kind, (event) => event.target.closest("tbody.row[hx-post]") && offer(event.target.closest("tbody.row")));
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-take]");
    if (!button || window.outbox?.isDown) return;
    event.preventDefault();
    grid.load("undo").then(() => take(button));
  });
})();
