// Rows of the month taken as a whole: what a row holds, many saved in one send, what was saved put back on the page.
"use strict";

(function () {
  const month = document.querySelector(".month");

  // Many rows in one send, all or none: a pasted block, or a step taken back. Answers with the status.
  grid.saveMany = function (changes, target) {
    const address = month.dataset.save;
    if (window.outbox?.isDown) return grid.keepMany(changes);
    const values = { key: grid.newKey() };
    for (const { row, fields } of changes) {
      const version = row.querySelector("[name^='version-']");
      Object.assign(values, { [version.name]: version.value }, fields);
    }
    return new Promise((done) => {
      document.addEventListener("htmx:afterRequest", function listen(event) {
        if (event.detail.requestConfig.path !== address) return;
        document.removeEventListener("htmx:afterRequest", listen);
        const status = event.detail.xhr.status;
        done(status || !grid.keepMany ? status : grid.keepMany(changes));
      });
      htmx.ajax("POST", address, { values, target, swap: "innerHTML" }).catch(() => {});
    });
  };

  // What a row holds on the page, under the names under which it is sent; an empty box is sent as nothing.
  grid.fieldsOf = function (row) {
    const controls = row.querySelectorAll("[form='month'][name]:not(button, [name^='version-'], [name^='sure-'])");
    return Object.fromEntries([...controls].map((one) => [one.name, one.type === "checkbox" ? (one.checked ? "on" : "") : one.value]));
  };

  // Put what was saved back on the page, and let the server's words settle it.
  grid.show = function (row, fields) {
    for (const [name, value] of Object.entries(fields)) {
      const control = row.querySelector(`[name="${name}"]`);
      if (!control || name.startsWith("sure-")) continue;
      if (control.type === "checkbox") control.checked = value !== "";
      else control.value = control.defaultValue = value;
    }
    if (!row.classList.contains("unsaved")) grid.settle(row);
  };

  // Typed in place of a number, these say that nothing arose.
  grid.nothing = /^\s*(kps|kph|(không|khong|ko|k) (phát|phat) sinh)\s*$/i;

  // More than one cell from a workbook is shown first; a single one is typed as it is.
  document.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text/plain");
    if (!event.target.matches(".row input.cell") || !/[\t\n]/.test(text.replace(/\r?\n$/, ""))) return;
    event.preventDefault();
    Promise.all(["numbers", "checks", "hints", "undo", "paste"].map(grid.load)).then(() => grid.paste(event.target, text));
  });

  // Where the device keeps nothing (a private window) the page itself must not be left.
  window.addEventListener("online", () => {
    if (!grid.keepMany) document.querySelectorAll(".row.unsaved").forEach((row) => htmx.trigger(row, "change"));
  });

  window.addEventListener("beforeunload", (event) => {
    if (!grid.keepMany && document.querySelector(".row.unsaved, .row.saving")) event.preventDefault();
  });
})();
