// A block copied from a workbook: shown cell by cell – where it would go, taken or refused and why – then saved at once.
"use strict";

(function () {
  const dialog = document.getElementById("paste");
  const [form, body, answer] = [dialog.querySelector("form"), dialog.querySelector("tbody"), dialog.querySelector("#paste-answer")];
  const [chooser, columns] = [dialog.querySelector(".paste-column"), dialog.querySelector("select")];
  const [save, leave] = form.querySelectorAll(".toolbar button");
  const heads = [...dialog.querySelectorAll("thead th")].map((head) => head.textContent);
  const nameOf = (element) => element.textContent.trim().replace(/\s+/g, " ");
  const folded = (text) => text.toLowerCase().normalize("NFC").replace(/\s*\([^)]*\)\s*$/, "").replace(/\s+/g, " ").trim();
  let block = [];
  let start = null;
  let plan = [];

  // Lines of cells; a cell with line breaks or quotes comes in quotes.
  function parse(text) {
    const lines = [[""]];
    let isQuoted = false;
    for (let at = 0; at < text.length; at += 1) {
      const one = text[at];
      const line = lines[lines.length - 1];
      if (isQuoted && one === '"' && text[at + 1] === '"') line[line.length - 1] += text[at += 1];
      else if (isQuoted && one === '"') isQuoted = false;
      else if (!isQuoted && one === '"' && line[line.length - 1] === "") isQuoted = true;
      else if (!isQuoted && one === "\t") line.push("");
      else if (!isQuoted && one === "\n") lines.push([""]);
      else if (one !== "\r") line[line.length - 1] += one;
    }
    if (lines.length > 1 && lines[lines.length - 1].join("") === "") lines.pop();
    return lines;
  }

  // Every line of the grid from the top: a number of a row or a base of it; without a cell where nothing can be typed.
  function places() {
    return [...document.querySelectorAll("tbody.row > tr:not(.beneath)")].map((line) => ({
      row: grid.rowOf(line),
      cell: line.querySelector("input.cell"),
      name: nameOf(line.querySelector("th")),
    }));
  }

  // Rows are found by their names where the block brings them, else they follow one another from the first cell.
  function pairs() {
    const all = places();
    const byName = new Map(all.map((place) => [folded(place.name), place]));
    const named = block.filter((line) => byName.has(folded(line[0]))).length;
    const column = Number(columns.value);
    if (block[0].length > 1 && named) return block.map((line) => [byName.get(folded(line[0])), line[column] || "", line[0]]);
    const first = all.findIndex((place) => place.cell === start);
    return block.map((line, index) => [all[first + index], line[column] || "", ""]);
  }

  const readFor = (place, text) => readNumber(text, Number(place.row.dataset.decimals), place.row.dataset.unit);

  function judge([place, typed, called]) {
    const text = typed.trim();
    const now = place && place.cell ? place.cell.defaultValue : "";
    const item = { place, text, now, called, isTaken: false, isAsked: false, sentence: "", odd: [] };
    if (!place) item.sentence = called ? "Không có dòng mang tên này." : "Quá dòng cuối của biểu.";
    else if (!text) item.sentence = "Ô trống: giữ số đang có.";
    else if (!place.cell) {
      item.sentence = place.row.hasAttribute("hx-post") ? "Dòng này báo cáo bằng lời: nhập tại dòng." : "Dòng này không mở để nhập.";
    } else if (grid.nothing.test(text) && place.cell.name.startsWith("amount")) item.isTaken = true;
    else {
      const reading = readFor(place, text);
      item.sentence = reading.error || reading.echo;
      item.isAsked = Boolean(reading.echo);
      item.isTaken = !item.sentence;
      if (item.isTaken && now && reading.value === readFor(place, now).value) [item.isTaken, item.sentence] = [false, "Không đổi."];
    }
    return item;
  }

  function cellOf(tag, text, className) {
    const cell = document.createElement(tag);
    cell.textContent = text;
    if (className) cell.className = className;
    return cell;
  }

  // What will be odd about the rows, each with all that the block brings to it: said once, at its last line.
  function look() {
    const coming = plan.filter((item) => item.isTaken || item.isAsked);
    for (const item of coming) {
      const same = coming.filter((other) => other.place.row === item.place.row);
      const texts = Object.fromEntries(same.map((other) => [other.place.cell.name, other.text]));
      if (item === same[same.length - 1]) item.odd = grid.oddities(item.place.row, texts).map((one) => one.sentence);
    }
  }

  function verdict(item) {
    const cell = document.createElement("td");
    const answer = answered(item);
    answer.append(...item.odd.map((sentence) => cellOf("p", `⚠ ${sentence}`, "odd")));
    cell.append(answer);
    return cell;
  }

  function answered(item) {
    if (!item.isAsked) return cellOf("div", item.isTaken ? "Nhận" : item.sentence, item.isTaken ? "" : "refused");
    const [cell, label, box] = ["div", "label", "input"].map((tag) => document.createElement(tag));
    label.className = "check";
    box.type = "checkbox";
    box.addEventListener("change", () => {
      item.isTaken = box.checked;
      count();
    });
    label.append(box, ` ${item.sentence} Đánh dấu nếu đúng.`);
    cell.append(label);
    return cell;
  }

  function draw() {
    plan = pairs().map(judge);
    look();
    body.replaceChildren(...plan.map((item) => {
      const line = document.createElement("tr");
      const name = cellOf("th", item.place ? item.place.name : item.called || "–");
      name.scope = "row";
      const cells = [cellOf("td", item.now || "–", "num"), cellOf("td", item.text || "–", "num"), verdict(item)];
      cells.forEach((cell, index) => { cell.dataset.label = heads[index + 1]; });
      line.append(name, ...cells);
      return line;
    }));
    answer.replaceChildren();
    count();
  }

  function count() {
    const taken = plan.filter((item) => item.isTaken).length;
    save.textContent = `Nhập ${taken} số`;
    save.disabled = taken === 0;
  }

  // The first column that holds a number; several are offered to choose from.
  function offerColumns() {
    const width = Math.max(...block.map((line) => line.length));
    const holds = (index) => block.some((line) => readNumber(line[index] || "", 4, "").value !== null);
    columns.replaceChildren(...Array.from({ length: width }, (_, index) => new Option(`Cột ${index + 1}: ${block[0][index] || "trống"}`, index)));
    columns.value = String(Math.max(0, Array.from({ length: width }, (_, index) => index).findIndex(holds)));
    chooser.hidden = width === 1;
  }

  // All fields of each row that is written, with the numbers of the block in their places.
  function changes() {
    const rows = new Map();
    for (const { place, text } of plan.filter((item) => item.isTaken)) {
      const fields = rows.get(place.row) || grid.fieldsOf(place.row);
      const box = place.row.querySelector(".nothing");
      if (box && place.cell.name.startsWith("amount")) delete fields[box.name];
      rows.set(place.row, Object.assign(fields, { [place.cell.name]: text, [`sure-${place.cell.name}`]: text }));
    }
    for (const fields of rows.values()) {
      for (const name of Object.keys(fields)) if (fields[name] === "" && /^(is_|nothing)/.test(name)) delete fields[name];
    }
    return [...rows].map(([row, fields]) => ({ row, fields }));
  }

  async function send() {
    const rows = changes();
    const taken = plan.filter((item) => item.isTaken).length;
    save.disabled = true;
    const status = await grid.saveMany(rows, "#paste-answer");
    count();
    if (status === 0 || status >= 500) answer.textContent = "Chưa lưu được: mất kết nối hoặc máy chủ bận. Thử lại khi có mạng.";
    if (status === 0 || status >= 500 || status === 422 || status === 409) return;
    if (status >= 400) {
      dialog.close();
      return document.getElementById("messages").focus();
    }
    rows.forEach(({ row, fields }) => grid.show(row, fields));
    grid.remember(rows.map(({ row }) => row));
    dialog.close();
    window.announce(status === 202 ? `Đã giữ ${taken} số trên máy này, chờ mạng.` : `Đã nhập và lưu ${taken} số.`);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  leave.addEventListener("click", () => dialog.close());
  columns.addEventListener("change", draw);
  dialog.addEventListener("close", () => start.focus());

  grid.paste = (cell, text) => {
    [start, block] = [cell, parse(text)];
    offerColumns();
    draw();
    dialog.showModal();
  };
})();
