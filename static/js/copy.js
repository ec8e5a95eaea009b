// A button that copies the text of a field: data-copy names the field; without the clipboard the text is selected.
"use strict";

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copy);
  const said = document.querySelector(`[data-copied="${button.dataset.copy}"]`);
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    said.textContent = "Đã chép, dán vào Zalo bằng Ctrl+V.";
  } catch {
    said.textContent = "Đã chọn sẵn nội dung, bấm Ctrl+C để chép.";
  }
});
