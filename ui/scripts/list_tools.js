// Search, filters and order of the list: what is chosen goes to the server as a whole, which sends the list.
const TYPING_MS = 200;
const fields = () => [...element.querySelectorAll("[data-list]")];
let timer = 0;
let typed = null; // what is being searched for, while the keyboard is there

const send = (more = false) => {
    clearTimeout(timer);
    const chosen = Object.fromEntries(fields().map((field) => [field.dataset.list, field.value]));
    const filters = fields().filter((field) => field.matches("select:not([data-list=sort])") && field.value);
    element.querySelector("[data-list-count]").textContent = filters.length || "";
    trigger("click", { listing: chosen, more });
};
const search = (event) => {
    if (event.target.dataset.list !== "search" || event.isComposing) return; // a Chinese word is typed in several keys
    typed = event.target.value;
    clearTimeout(timer);
    timer = setTimeout(send, TYPING_MS);
};
element.addEventListener("input", search);
element.addEventListener("compositionend", search);
element.addEventListener("change", (event) => { if (event.target.matches("select[data-list]")) send(); });
element.addEventListener("focusout", (event) => { if (event.target.dataset.list === "search" && event.target.isConnected) typed = null; });
document.addEventListener("click", (event) => { // the buttons stand in the list, too
    if (!element.isConnected) return;
    const filter = element.querySelector(".rr-filter[open]");
    if (filter && !filter.contains(event.target)) filter.open = false;
    if (event.target.closest("[data-list-more]")) send(true);
    if (!event.target.closest("[data-list-reset]")) return;
    for (const field of fields()) if (field.dataset.list !== "sort") field.value = "";
    send();
});
element.addEventListener("keydown", (event) => {
    const filter = event.target.closest(".rr-filter[open]");
    if (event.key !== "Escape" || !filter) return;
    event.stopPropagation();
    filter.open = false;
    filter.querySelector("summary").focus();
});
watch("value", () => { // these tools were replaced: whoever was typing goes on
    const box = element.querySelector("[data-list=search]");
    if (typed === null || !box) return;
    box.value = typed;
    box.focus({ preventScroll: true });
});
