// The open candidate: jumps from a requirement to its line, goes to the neighbours by ↑ ↓, closes by Escape.
const rows = () => [...document.querySelectorAll("#rr-board button.rr-row")];
const current = () => rows().findIndex((row) => row.getAttribute("aria-current") === "true");
const panel = () => element.querySelector(".rr-panel");
const scrolled = {}; // how far, by class of the box
let opened = ""; // what the panel shows: a candidate or a pair
let closed = null; // the row of the candidate that a person has just closed

const open = (place) => {
    const row = rows()[place];
    if (!row && place > 0) document.querySelector("#rr-board [data-list-more]")?.click();
    if (!row) return;
    mark(Number(row.dataset.select));
    trigger("click", { select: Number(row.dataset.select) });
};
const mark = (number) => rows().forEach((row) => {
    if (Number(row.dataset.select) !== number) return row.removeAttribute("aria-current");
    row.setAttribute("aria-current", "true");
    if (document.activeElement?.matches("button.rr-row")) row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
});
const narrow = window.matchMedia("(max-width: 62.5em)"); // there the candidate covers the list, and the browser's "back" leads to it again
const hasEntry = () => Boolean(window.history.state?.rrOpen);
const isPair = () => Boolean(panel()?.querySelector(".rr-pair"));
let cameFrom = 0; // the candidate that was open when the comparison was asked for: there it leads back to
let isClosing = false;
const close = () => {
    if (hasEntry()) { isClosing = true; return window.history.back(); } // popstate closes it
    if (isPair() && cameFrom) back();
    else shut();
};
const back = () => trigger("click", { select: cameFrom });
const shut = () => {
    const row = rows()[current()];
    rows().forEach((one) => one.removeAttribute("aria-current"));
    document.documentElement.removeAttribute("data-rr-open"); // at once; the answer takes the panel away
    trigger("click", { select: 0 });
    closed = row?.dataset.select;
    row?.focus();
};
const jump = (target) => {
    const box = element.querySelector(".rr-text");
    const anchor = box?.querySelector("#rr-" + target);
    if (!anchor) return;
    box.scrollTo({ top: anchor.offsetTop - 60, behavior: "smooth" });
    box.scrollIntoView({ block: "nearest", behavior: "smooth" });
    const line = anchor.closest("mark");
    if (line) { line.classList.remove("seen"); void line.offsetWidth; line.classList.add("seen"); }
};

element.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.jump) jump(button.dataset.jump);
    if (button.dataset.step) open(current() + Number(button.dataset.step));
    if ("close" in button.dataset) close();
    if ("split" in button.dataset) trigger("click", { split: Number(panel().dataset.number) });
    if ("askModel" in button.dataset) trigger("click", { ask: true });
});
element.addEventListener("change", (event) => {
    if ("beside" in event.target.dataset) trigger("click", { beside: Number(event.target.value) });
});
document.addEventListener("keydown", (event) => {
    if (!element.isConnected || !panel() || !element.offsetParent || document.querySelector("dialog[open]")) return;
    if (event.key === "Escape" && event.target.matches("textarea, input[data-reason]")) return event.target.blur(); // what was typed stays; the next one closes
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select, [contenteditable]")) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") close();
    if (!step || event.target.closest(".rr-text, .rr-pair")) return; // there the arrows scroll
    event.preventDefault();
    open(current() + step);
});
window.addEventListener("popstate", () => {
    if (!element.isConnected || !panel()) return;
    const wasClosing = isClosing;
    isClosing = false;
    if (!hasEntry()) shut();
    else if (isPair() && !window.history.state.rrPair) back();
    else if (wasClosing && !isPair()) close(); // the comparison was left by its menu, and its entry is passed over
});
element.addEventListener("scroll", ({ target }) => { scrolled[target.className] = target.scrollTop; }, true);
watch("value", () => {
    const shown = panel();
    document.documentElement.toggleAttribute("data-rr-open", shown !== null); // for the styles: a :has() is searched for in all rows
    if (!shown) {
        const row = rows().find((one) => one === document.activeElement) ?? rows().find((one) => one.dataset.select === closed);
        if (closed !== null) row?.focus({ preventScroll: true });
        if (closed !== null) row?.scrollIntoView({ block: "nearest" }); // its rows lie elsewhere now
        opened = "";
        closed = null;
        return;
    }
    if (narrow.matches && !hasEntry()) window.history.pushState({ ...window.history.state, rrOpen: true }, "");
    mark(Number(shown.dataset.number));
    if (!isPair()) cameFrom = 0;
    else if (opened && !opened.endsWith(" pair")) cameFrom = Number(opened);
    if (narrow.matches && isPair() && cameFrom && !window.history.state.rrPair) window.history.pushState({ ...window.history.state, rrPair: true }, "");
    const shows = shown.dataset.number + (shown.querySelector(".rr-pair") ? " pair" : "");
    if (shows === opened) { // answers of the model came in: whoever reads stays at their line
        for (const [name, top] of Object.entries(scrolled)) shown.querySelector("." + name)?.scrollTo(0, top);
        return;
    }
    opened = shows;
    for (const name in scrolled) delete scrolled[name];
    const { top, bottom } = shown.getBoundingClientRect();
    if (top < 0 || bottom > window.innerHeight) shown.scrollIntoView();
});
