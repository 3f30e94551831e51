// The line under the job description: its button opens and closes the panel of the criteria.
let pressed = false;

element.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-rubric]");
    if (!button) return;
    pressed = true;
    trigger("click", { rubric: button.dataset.rubric });
});
// The line is replaced by the answer: the keyboard stays at its button, unless the panel takes it.
watch("value", () => {
    if (pressed && document.activeElement === document.body) element.querySelector("button")?.focus({ preventScroll: true });
    pressed = false;
});
