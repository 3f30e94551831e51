// For the board and the open candidate. A label shows as given only once the server has it on disk.
element.addEventListener("click", (event) => {
    const eraser = event.target.closest("button[data-erase-ask]");
    if (eraser) trigger("click", { eraseAsk: eraser.dataset.eraseAsk });
    const confirmed = event.target.closest("button[data-erase]");
    if (confirmed) {
        const boxes = confirmed.closest(".rr-question").querySelectorAll("input[data-also]:checked");
        trigger("click", { erase: confirmed.dataset.erase, also: [...boxes].map((box) => box.dataset.also) });
    }
    const button = event.target.closest("button[data-grade]");
    if (!button) return;
    const id = button.closest("[data-resume]").dataset.resume;
    const line = [...document.querySelectorAll("input[data-reason]")].find((one) => one.dataset.resume === id);
    const pressed = button.getAttribute("aria-pressed") === "true";
    trigger("click", { label: id, grade: pressed ? null : Number(button.dataset.grade), reason: line ? line.value : "" });
    // Whoever points has the keyboard on the row, where Enter opens; on the button it would take the label back.
    if (event.detail) (button.closest("li")?.querySelector("button.rr-row") ?? element.querySelector(".rr-left"))?.focus({ preventScroll: true });
});
element.addEventListener("change", (event) => {
    const line = event.target.closest("input[data-reason]");
    if (!line) return;
    const group = [...element.querySelectorAll(".rr-grades")].find((one) => one.dataset.resume === line.dataset.resume);
    const button = group && group.querySelector("button[aria-pressed=true]");
    if (button) trigger("click", { label: line.dataset.resume, grade: Number(button.dataset.grade), reason: line.value });
});
watch("value", () => {
    const question = element.querySelector(".rr-question");
    if (!question || question.contains(document.activeElement)) return;
    question.scrollIntoView({ block: "nearest" });
    question.querySelector("input, button").focus({ preventScroll: true });
});
