// The browser's button for files and its refusal of a field, in the reader's language.
"use strict";

(function () {
  const NOTHING = "Chưa chọn tệp";

  function dress(input) {
    if (input.dataset.dressed) return;
    input.dataset.dressed = "1";
    const [button, name] = [document.createElement("span"), document.createElement("span")];
    button.className = "button small";
    button.textContent = input.multiple ? "Chọn các tệp" : "Chọn tệp";
    name.className = "quiet small";
    for (const part of [button, name]) part.setAttribute("aria-hidden", "true");
    const tell = () => {
      name.textContent = [...input.files].map((file) => file.name).join(", ") || NOTHING;
    };
    button.addEventListener("click", () => input.click());
    input.addEventListener("change", tell);
    input.classList.add("visually-hidden");
    input.after(button, " ", name);
    tell();
  }

  const all = (root) => root.querySelectorAll("input[type='file']").forEach(dress);
  document.addEventListener("htmx:load", (event) => all(event.detail.elt));
  all(document);

  const refused = new Set();

  function refusal({ min, max, validity }) {
    if (validity.valueMissing) return "Ghi hoặc chọn ở đây trước khi gửi.";
    return min && max ? `Ghi số từ ${min} đến ${max}.` : "Ghi lại ô này cho đúng.";
  }

  // A sentence of ours makes a field wrong by itself: it goes before the field is looked at again.
  function forget() {
    for (const field of refused) field.setCustomValidity("");
    refused.clear();
  }

  document.addEventListener("invalid", ({ target }) => {
    target.setCustomValidity(refusal(target));
    refused.add(target);
  }, true);
  document.addEventListener("input", forget, true);
  document.addEventListener("click", forget, true);
})();
