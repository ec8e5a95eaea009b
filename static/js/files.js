// Files are chosen with words of our own: the browser's own button speaks the browser's language, not the reader's.
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
})();
