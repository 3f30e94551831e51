// The dialog of the pool. What is looked for goes to the server, whose answer comes in #rr-pool-found and is copied into the dialog; who is
// ticked stays ticked on the next page and after another search.
const TYPING_MS = 250, WAITING_MS = 3000;
const dialog = () => element.querySelector("dialog");
const list = () => element.querySelector("[data-pool-list]");
const ticked = new Set();
let timer = 0, again = 0;
let turn = 0; // of the last search: the answer to an earlier one may come after it

const asked = () => Object.fromEntries([...element.querySelectorAll("[data-find]")].map((field) => [field.dataset.find, field.value]));
const search = (page = 0, about = { pool: "search" }) => {
    clearTimeout(timer);
    clearTimeout(again);
    trigger("click", { ...about, search: asked(), page, turn: ++turn });
};
const takeOut = ({ poolOut, ask }) => {
    if (!window.confirm(ask)) return;
    ticked.delete(Number(poolOut));
    search(Number(list().querySelector("[data-page]").dataset.page), { pool: "out", number: Number(poolOut) });
};
const showCounts = () => {
    const said = element.querySelector("[data-pool-count]");
    said.textContent = ticked.size ? said.dataset.said.replace("{count}", ticked.size) : "";
    element.querySelector("[data-pool-add]").disabled = !ticked.size;
    const total = Number(list().querySelector("[data-total]")?.dataset.total ?? 0);
    const all = element.querySelector("[data-pool-all]");
    all.textContent = all.dataset.said.replace("{count}", total);
    all.disabled = !total;
};
const close = () => dialog().close();
const add = (chosen) => {
    trigger("click", { pool: "add", ...chosen });
    ticked.clear();
    close();
};

document.addEventListener("click", (event) => {
    if (!element.isConnected || !event.target.closest("#rr-pool-open") || !dialog() || dialog().open) return;
    list().replaceChildren();
    ticked.clear();
    showCounts();
    dialog().showModal();
    search();
});
element.addEventListener("close", () => trigger("click", { pool: "close" }), true);
element.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (event.target === dialog() || (button && "poolClose" in button.dataset)) return close();
    if (!button) return;
    if ("poolPage" in button.dataset) search(Number(button.dataset.poolPage));
    if ("poolOut" in button.dataset) takeOut(button.dataset);
    if ("poolAdd" in button.dataset) add({ numbers: [...ticked] });
    if ("poolAll" in button.dataset) add({ all: true, search: asked() });
});
element.addEventListener("input", (event) => {
    if (!event.target.matches("input[data-find]") || event.isComposing) return; // a Chinese word is typed in several keys
    clearTimeout(timer);
    timer = setTimeout(search, TYPING_MS);
});
element.addEventListener("compositionend", (event) => { if (event.target.matches("input[data-find]")) search(); });
element.addEventListener("change", ({ target }) => {
    if (target.matches("select[data-find]")) search();
    const number = Number(target.dataset.number);
    if (!number) return;
    if (target.checked) ticked.add(number); else ticked.delete(number);
    showCounts();
});
document.addEventListener("rr-pool-found", ({ detail }) => {
    if (!element.isConnected || !dialog()?.open || Number(detail.dataset.turn) < turn) return;
    const place = list().scrollTop;
    const was = list().querySelector("[data-page]")?.dataset.page;
    list().replaceChildren(detail.cloneNode(true));
    for (const box of list().querySelectorAll("input[data-number]:not(:disabled)")) box.checked = ticked.has(Number(box.dataset.number));
    if (Number(detail.dataset.waiting)) again = setTimeout(() => dialog()?.open && search(Number(detail.dataset.page)), WAITING_MS);
    list().scrollTop = list().querySelector("[data-page]")?.dataset.page === was ? place : 0;
    showCounts();
});
