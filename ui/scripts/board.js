// The list of candidates. A click or the arrow keys choose whom to open; the server sends the detail.
const rows = () => [...element.querySelectorAll("button.rr-row")];
let focused = null;
let next = null; // the place that the keyboard goes to once more rows are there

element.addEventListener("click", (event) => {
    const row = event.target.closest("button[data-select]");
    if (row) {
        trigger("click", { select: Number(row.dataset.select) });
        const isThere = row.dataset.select === document.querySelector("#rr-detail .rr-panel")?.dataset.number;
        if (isThere) document.documentElement.toggleAttribute("data-rr-open", true); // it was closed a moment ago
    }
    const other = event.target.closest("button[data-action]");
    if (other) trigger("click", { ...other.dataset });
    if (event.target.closest("[data-list-more]")) next = rows().length; // list_tools.js asks for them
});
element.addEventListener("keydown", (event) => {
    const row = event.target.closest("button.rr-row");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!row || !step || document.querySelector("[data-rr-open] #rr-detail .rr-panel")) return; // with an open candidate detail.js has the keys
    event.preventDefault();
    const place = rows().indexOf(row) + step;
    if (place === rows().length) element.querySelector("[data-list-more]")?.click();
    else rows()[place]?.focus();
});
// Rows are replaced while others stream in: the keyboard stays where it was.
element.addEventListener("focusin", (event) => { focused = event.target.closest("button.rr-row")?.dataset.select ?? null; });
const tellEmpty = () => document.documentElement.toggleAttribute("data-rr-empty", element.querySelector(".rr-empty") !== null);
tellEmpty();
watch("value", () => {
    tellEmpty();
    const row = next === null ? rows().find((one) => one.dataset.select === focused) : rows()[next];
    if (next !== null && row) next = null;
    if (document.activeElement === document.body) row?.focus({ preventScroll: true });
});
