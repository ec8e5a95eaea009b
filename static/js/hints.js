// While a number is typed, under its row: what it will be taken for, and what is odd about it. The server's words
// replace these when it answers; without line they stay.
"use strict";

(function () {
  const measures = JSON.parse(document.getElementById("hints")?.textContent || "{}");
  const RULES = { f: "flow", r: "running", l: "level" };
  const DIRECTIONS = { m: "more", f: "fewer", e: "exactly" };
  const textOf = (value) => value === null ? null : String(value);
  const numberIn = (row, text) => readNumber(text, Number(row.dataset.decimals), row.dataset.unit);

  // The row as the checks want it; `texts` by name stand for what its inputs hold.
  function contextOf(row, texts) {
    const figure = row.id.slice(4);
    const [letters, before, target, opening, wantsProof, previous] = measures[figure];
    const numberOf = (input) => numberIn(row, texts[input.name] ?? input.value).value;
    const bases = [...row.querySelectorAll("tr.sub")].map((line) => {
      const name = line.querySelector("th").textContent.trim().replace(/^so với /, "");
      return [name, numberOf(line.querySelector("input"))];
    });
    return {
      kind: letters[2] === "r" ? "ratio" : "quantity", time_rule: RULES[letters[0]], direction: DIRECTIONS[letters[1]],
      state: "reported", amount: numberOf(row.querySelector("input.cell")), before: textOf(before) || "0", target: textOf(target),
      opening: textOf(opening), previous: previous.map(textOf), denominators: bases,
      is_cumulative: Boolean(row.querySelector("[name^='is_cumulative-']:checked")),
      decimals: Number(row.dataset.decimals), unit_of_measure: row.dataset.unit,
      evidence_required: Boolean(wantsProof), evidence_count: row.querySelectorAll(".evidence a").length,
    };
  }

  // What is odd about a row as it stands, or as it would with other texts in its cells.
  grid.oddities = (row, texts = {}) => {
    const context = measures[row.id.slice(4)] ? contextOf(row, texts) : { amount: null };
    return context.amount === null ? [] : checkRow(context);
  };

  function sentences(row, cell) {
    if (cell.value === cell.defaultValue || grid.nothing.test(cell.value)) return [];
    const reading = numberIn(row, cell.value);
    const said = reading.error || reading.echo;
    return [...(said ? [{ text: said, className: "reading quiet" }] : []), ...grid.oddities(row).map((one) => ({
      text: `⚠ ${one.sentence}`, className: "reading odd", isAsked: one.severity !== "note",
    }))];
  }

  function preview(cell) {
    const row = grid.rowOf(cell);
    const place = row.querySelector(".warnings");
    const found = sentences(row, cell);
    // What the server said of the number that was there is not said of this one.
    place.querySelectorAll(".odd:not(.reading)").forEach((line) => { line.hidden = cell.value !== cell.defaultValue; });
    const shown = [...place.querySelectorAll(".reading")];
    if (shown.map((line) => line.textContent).join() === found.map((one) => one.text).join()) return;
    shown.forEach((line) => line.remove());
    place.prepend(...found.map(({ text, className, isAsked }) => {
      const line = Object.assign(document.createElement("p"), { className, textContent: text });
      line.toggleAttribute("data-asks", Boolean(isAsked));
      return line;
    }));
  }

  document.addEventListener("input", (event) => {
    if (event.target.matches(".row[data-decimals] input.cell")) preview(event.target);
  });
  const now = document.activeElement;
  if (now?.matches(".row[data-decimals] input.cell")) preview(now);
})();
