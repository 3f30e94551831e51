// The list of candidates. A click or the arrow keys choose whom to open; the server sends the detail.
const rows = () => [...element.querySelectorAll("button.rr-row")];
let focused = null;

element.addEventListener("click", (event) => {
    const row = event.target.closest("button[data-select]");
    if (row) trigger("click", { select: Number(row.dataset.select) });
    const other = event.target.closest("button[data-action]");
    if (other) trigger("click", { ...other.dataset });
});
element.addEventListener("keydown", (event) => {
    const row = event.target.closest("button.rr-row");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!row || !step || document.querySelector("#rr-detail .rr-panel")) return; // with an open candidate detail.js has the keys
    event.preventDefault();
    rows()[rows().indexOf(row) + step]?.focus();
});
// Rows are replaced while others stream in: the keyboard stays where it was.
element.addEventListener("focusin", (event) => { focused = event.target.closest("button.rr-row")?.dataset.select ?? null; });
watch("value", () => {
    if (focused === null || document.activeElement !== document.body) return;
    rows().find((row) => row.dataset.select === focused)?.focus({ preventScroll: true });
});
