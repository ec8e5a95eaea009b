// Long tables (data-long names their rows): a field that finds a row by its words, where the page has none of its own
// (data-searched), and on a narrow screen the first rows only, until all are asked for. Without script all are there.
"use strict";

(function () {
  const FROM = 30; // rows from which on a table is long
  const FIRST = 15; // rows that a narrow screen shows at first
  const narrow = window.matchMedia("(max-width: 40rem)");
  const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase();

  function element(name, properties, ...inside) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...inside);
    return made;
  }

  function shorten(table) {
    const rows = [...table.tBodies].flatMap((body) => [...body.rows]).filter((row) => !row.classList.contains("total"));
    if (rows.length < FROM || table.dataset.isShort) return;
    table.dataset.isShort = "1";
    const words = rows.map((row) => fold(row.cells[0].textContent + " " + (row.querySelector("th")?.textContent || "")));
    const field = element("input", { type: "search", autocomplete: "off" });
    const told = element("output", { className: "quiet" });
    const more = element("button", { type: "button", className: "button", textContent: `Hiện cả ${rows.length} ${table.dataset.long}` });
    let isWhole = Boolean(location.hash && rows.some((row) => `#${row.id}` === location.hash));

    function show() {
      const wanted = fold(field.value.trim());
      const found = rows.filter((_, place) => words[place].includes(wanted));
      const shown = new Set(narrow.matches && !isWhole && !wanted ? found.slice(0, FIRST) : found);
      rows.forEach((row) => { row.hidden = !shown.has(row); });
      more.hidden = shown.size === found.length;
      told.textContent = wanted ? `${found.length}/${rows.length} ${table.dataset.long}` : "";
    }

    field.addEventListener("input", show);
    field.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault()); // no form is sent by it
    more.addEventListener("click", () => { isWhole = true; show(); });
    narrow.addEventListener("change", show);
    if (!("searched" in table.dataset)) table.before(element("p", { className: "filters no-print" }, element("label", {}, `Tìm ${table.dataset.long}`, field), told));
    table.after(element("p", { className: "actions no-print" }, more));
    show();
  }

  // A page is printed whole.
  window.addEventListener("beforeprint", () => document.querySelectorAll("table[data-is-short] tr").forEach((row) => { row.hidden = false; }));
  document.addEventListener("htmx:load", () => document.querySelectorAll("table[data-long]").forEach(shorten));
})();
