// The month's page on the device: each row that is typed is kept before it is sent, shown again after a restart, and
// what somebody else saved or closed meanwhile is laid before the person.
"use strict";

(function () {
  const month = document.querySelector(".month");
  const { person } = outbox;
  const address = month.dataset.waiting;
  const PAUSE = 300;
  const idOf = (row) => `${person}:${row.id.slice(4)}`;
  const rowWith = (figure) => document.querySelector(`#row-${figure}[hx-post]`);
  const versionOf = (row) => row.querySelector("[name^='version-']").value;
  const nameOf = (row) => row.querySelector("th").textContent.trim().replace(/\s+/g, " ");

  // --- Keeping --------------------------------------------------------------------------------------------------

  function fieldsOf(row) {
    const sure = [...row.querySelectorAll("[name^='sure-']:checked")].map((box) => [box.name, box.value]);
    return { ...grid.fieldsOf(row), ...Object.fromEntries(sure) };
  }

  // How the row reads in one line: a number, "không phát sinh", or the words of a task.
  function wordsOf(row, fields) {
    const figure = row.id.slice(4);
    if (fields[`nothing_arose-${figure}`]) return "không phát sinh";
    if (`amount-${figure}` in fields) return fields[`amount-${figure}`] || "để trống";
    const status = row.querySelector("select.cell")?.selectedOptions[0]?.textContent || "";
    return [fields[`task_status-${figure}`] ? status : "", fields[`text-${figure}`]].filter(Boolean).join(". ") || "để trống";
  }

  let pause = 0;

  function keep(row, fields) {
    clearTimeout(pause); // what is left is no longer in the middle of being typed
    const figure = row.id.slice(4);
    return outbox.hold({
      id: idOf(row), figure, address, fields, key: grid.newKey(), version: versionOf(row), page: location.pathname, name: nameOf(row), typed: wordsOf(row, fields),
    });
  }

  function wait(row) {
    row.classList.add("unsaved");
    row.classList.remove("saving", "draft");
    if (row.querySelector(".reading[data-asks]")) grid.toggleDetails(row, true);
    announce(`${nameOf(row)}: chờ mạng, đã giữ trên máy này`);
  }

  const isOfRow = (row, event) => row && event.detail.requestConfig?.path === row.getAttribute("hx-post");

  document.addEventListener("change", (event) => {
    const row = grid.rowOf(event.target);
    if (row?.hasAttribute("hx-post") && event.target.getAttribute("form") === "month") keep(row, fieldsOf(row));
  }, true);

  document.addEventListener("htmx:configRequest", (event) => {
    const { elt, path, verb, parameters, formData } = event.detail;
    const row = grid.rowOf(elt);
    if (!row || verb !== "post" || path !== row.getAttribute("hx-post")) return;
    const held = outbox.get(idOf(row));
    const isAsked = elt === row && held?.kind === "waiting";
    const item = isAsked ? held : keep(row, elt === row ? fieldsOf(row) : Object.fromEntries(formData));
    parameters.key = item.key;
    parameters.earlier = item.earlier.join(" ");
    parameters[`version-${item.figure}`] = item.version;
    event.detail.timeout = 30000;
    if (outbox.isDown) {
      event.preventDefault();
      wait(row);
      grid.remember?.([row]);
    } else item.isFlying = true;
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    const row = grid.rowOf(event.detail.elt);
    if (!isOfRow(row, event)) return;
    const item = outbox.get(idOf(row));
    if (!item) return;
    item.isFlying = false;
    const { xhr, requestConfig } = event.detail;
    answered(row, item, xhr, requestConfig.parameters.key);
  });

  function answered(row, item, xhr, key) {
    const { status } = xhr;
    if (status === 0 || status === 401 || status >= 500) {
      wait(row);
      outbox.setLine(status === 401 ? "ended" : status ? "busy" : "down");
    } else if (status < 400) {
      if (item.key !== key) outbox.put({ ...item, version: versionOf(row), earlier: [] });
      else {
        outbox.remove(item.id);
        outbox.known(item, versionOf(row));
      }
    } else if (status === 403 || status === 404 || xhr.getResponseHeader("HX-Retarget")) outbox.flush();
    else if (item.key === key) {
      const held = row.querySelector(".state").dataset.amount;
      outbox.put({ ...item, kind: status === 409 ? "conflict" : "wrong", sentence: "Người khác đã lưu số khác.", held, heldVersion: versionOf(row) });
    }
  }

  // A block or a step back without line: every row waits on its own.
  grid.keepMany = (changes) => {
    changes.forEach(({ row, fields }) => {
      const boxes = Object.fromEntries([...row.querySelectorAll("[type=checkbox][form=month][name]:not([name^='sure-'])")].map((box) => [box.name, ""]));
      keep(row, { ...boxes, ...fields });
      wait(row);
    });
    outbox.setLine(navigator.onLine ? "busy" : "down");
    return 202;
  };

  // A report is not sent over figures that are still on their way; it goes as soon as they are there, once, and by the
  // button that was pressed, wherever the focus went meanwhile.
  const unsaved = () => outbox.ofKind("waiting").filter((item) => item.address === address).length;
  let isHeld = false;

  function whenSaved(act, turns = 100) {
    isHeld = unsaved() && !outbox.isDown && turns > 0;
    if (turns % 20 === 10) outbox.flush();
    if (isHeld) setTimeout(whenSaved, 100, act, turns - 1);
    else if (!unsaved()) act();
    else outbox.tell(`Chưa gửi báo cáo: còn ${unsaved()} số liệu chờ lưu. Có mạng, các số đã lưu rồi hãy gửi.`);
  }

  grid.hold = (event) => {
    const { triggeringEvent, issueRequest } = event.detail;
    const isFirst = !isHeld;
    if (isFirst && !unsaved() && event !== grid.held) return;
    event.preventDefault();
    if (isFirst) whenSaved(() => {
      triggeringEvent?.submitter?.focus();
      issueRequest(true);
    });
  };

  // What is in the middle of being typed is kept too; it is shown again, but sent only when the cell is left.
  document.addEventListener("input", (event) => {
    const row = grid.rowOf(event.target);
    if (!row?.hasAttribute("hx-post") || event.target.type === "checkbox") return;
    clearTimeout(pause);
    pause = setTimeout(() => {
      if (event.target.value === event.target.defaultValue) return;
      const id = `${idOf(row)}:typing`;
      outbox.put({ id, kind: "typing", person, figure: row.id.slice(4), address, page: location.pathname, fields: { [event.target.name]: event.target.value } });
    }, PAUSE);
  });
  document.addEventListener("keydown", (event) => {
    const row = event.key === "Escape" && grid.rowOf(event.target);
    if (!row) return;
    clearTimeout(pause);
    row.classList.remove("draft");
    outbox.remove(`${idOf(row)}:typing`);
    if (outbox.get(idOf(row))?.kind === "wrong") outbox.remove(idOf(row));
  });
  // A row that was fetched again shows what is held: the person chose it.
  document.addEventListener("htmx:load", (event) => {
    if (event.detail.elt.matches("tbody.row")) outbox.remove(idOf(event.detail.elt));
  });
  document.addEventListener("focusout", (event) => {
    const row = grid.rowOf(event.target);
    if (!row?.classList.contains("draft")) return;
    row.classList.remove("draft");
    event.target.dispatchEvent(new Event("change", { bubbles: true }));
  });

  // --- Showing again --------------------------------------------------------------------------------------------

  // A cell in which somebody types already is left alone.
  function put(row, fields) {
    for (const [name, value] of Object.entries(fields)) {
      const control = row.querySelector(`[name="${name}"]:not([name^='sure-'])`);
      if (control?.type === "checkbox") control.checked = value !== "";
      else if (control && (control !== document.activeElement || control.value === control.defaultValue)) control.value = value;
    }
  }

  function restore() {
    for (const item of outbox.ofKind("known").filter((one) => one.address === address)) {
      const row = rowWith(item.figure);
      if (row && Number(item.version) > Number(versionOf(row))) {
        put(row, item.fields);
        row.querySelectorAll("input, textarea").forEach((one) => { one.defaultValue = one.value; });
        row.querySelector("[name^='version-']").value = item.version;
        row.querySelector(".saved").textContent = "đã lưu";
      } else outbox.remove(item.id);
    }
    for (const item of outbox.ofKind("waiting", "wrong", "typing").filter((one) => one.address === address)) {
      const row = rowWith(item.figure);
      if (!row) continue;
      put(row, item.fields);
      row.classList.add(item.kind === "waiting" ? "unsaved" : "draft");
    }
  }

  // --- What was saved otherwise or closed meanwhile --------------------------------------------------------------

  const place = document.createElement("section");
  place.id = "kept";
  place.className = "stack";
  place.setAttribute("aria-labelledby", "kept-title");

  function element(tag, text, values = {}) {
    return Object.assign(document.createElement(tag), { textContent: text, ...values });
  }

  function line(item) {
    const row = element("tr", "");
    const acts = element("td", "");
    const mine = element("button", "Giữ số của tôi", { type: "button", className: "button small" });
    const theirs = element("button", "Bỏ số của tôi", { type: "button", className: "button small" });
    mine.addEventListener("click", () => insist(item));
    theirs.addEventListener("click", () => outbox.remove(item.id) && draw(true));
    for (const button of [mine, theirs]) button.append(element("span", `: ${item.name}`, { className: "visually-hidden" }));
    const cells = [["Anh/chị nhập", item.typed], ["Đang có", item.held || "–"], ["Vì sao chưa ghi", item.sentence]];
    const both = element("div", "", { className: "toolbar" });
    both.append(mine, theirs);
    acts.append(both);
    row.append(element("th", item.name, { scope: "row" }));
    for (const [label, text] of cells) {
      const cell = element("td", text);
      cell.dataset.label = label;
      row.append(cell);
    }
    row.append(acts);
    return row;
  }

  function draw(isAsked) {
    const isInRow = (item) => rowWith(item.figure)?.querySelector(".warnings .toolbar");
    const items = outbox.ofKind("conflict", "closed").filter((item) => item.address === address && !isInRow(item));
    if (!items.length) {
      place.remove();
      if (isAsked) document.querySelector(".cell")?.focus();
      return;
    }
    const table = element("table", "", { className: "table cards" });
    const heads = element("tr", "");
    for (const head of ["Chỉ tiêu", "Anh/chị nhập", "Đang có", "Vì sao chưa ghi", "Chọn"]) heads.append(element("th", head, { scope: "col" }));
    const [top, body] = [element("thead", ""), element("tbody", "")];
    top.append(heads);
    body.append(...items.map(line));
    table.append(element("caption", "Mỗi dòng: số đang giữ trên máy này, số đang có trên máy chủ", { className: "visually-hidden" }), top, body);
    place.replaceChildren(element("h2", `Đã nhập nhưng chưa ghi được: ${items.length} dòng cần chọn`, { id: "kept-title", tabIndex: -1 }), table);
    if (!place.isConnected) month.before(place);
    if (isAsked) place.querySelector("h2").focus();
  }

  function insist(item) {
    outbox.put({ ...item, kind: "waiting", version: item.heldVersion || item.version, key: grid.newKey(), earlier: [] });
    outbox.flush().then(() => draw(true));
  }

  document.addEventListener("outbox:answered", ({ detail }) => {
    if (detail.address !== address) return;
    const gone = detail.rows.filter((one) => one.fate === "conflict" || one.fate === "closed").length;
    const rows = detail.rows.map((one) => rowWith(one.figure)).filter(Boolean);
    rows.forEach((row) => row.classList.remove("unsaved", "saving"));
    htmx.swap("#announce", detail.html, { swapStyle: "none" });
    rows.filter((row) => !outbox.get(idOf(row)) || outbox.get(idOf(row)).kind !== "waiting").forEach(grid.settle);
    // What is seen in these cells now is the other person's.
    const rivals = detail.rows.filter((one) => one.fate === "conflict").map((one) => rowWith(one.figure));
    rivals.filter(Boolean).forEach((row) => { row.querySelector(".saved").textContent = "số của người khác"; });
    outbox.ofKind("waiting").forEach((item) => rowWith(item.figure)?.classList.add("unsaved"));
    draw();
    if (gone) announce(`${gone} số liệu đã nhập chưa ghi được, xem ở đầu biểu.`);
  });

  outbox.ready.then(() => {
    outbox.adopt(true);
    restore();
    draw();
    outbox.flush();
    if (grid.held) grid.hold(grid.held);
    if (navigator.serviceWorker) {
      navigator.serviceWorker.register("/sw.js");
      navigator.serviceWorker.ready.then((worker) => worker.active.postMessage(location.href.split("#")[0]));
    }
  }).catch(() => {
    delete grid.keepMany;
    grid.held?.detail.issueRequest(true);
  });
})();
