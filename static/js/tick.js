// Tick many boxes at once: those marked as late, all, or none; what is disabled stays as it is.
"use strict";

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-tick]");
  if (!button) return;
  const { tick, name = "units" } = button.dataset;
  for (const box of button.closest("form").elements) {
    if (box.name === name && !box.disabled) box.checked = tick === "all" || (tick === "late" && "late" in box.dataset);
  }
});
