// Keys of the whole page: Ctrl+Enter ranks, in a note it adds the note; with a list J and K go down and up, 1 2 3 label and go on, ? shows all of them.
const help = () => element.querySelector("dialog");
const rows = () => [...document.querySelectorAll("#rr-board button.rr-row")];
const panel = () => document.querySelector("[data-rr-open] #rr-detail .rr-panel");
const number = (row) => row?.dataset.select;
const current = () => {
    const shown = panel()?.dataset.number ?? number(document.activeElement?.closest?.("button.rr-row"));
    return rows().findIndex((row) => number(row) === shown);
};
const isTyping = (target) => target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
const isUndo = (event) => (event.ctrlKey || event.metaKey) && ["z", "y"].includes(event.key.toLowerCase());
const isOnScreen = () => Boolean(document.querySelector("#rr-board")?.offsetParent || panel()?.offsetParent);

const go = (step) => {
    const all = rows();
    const row = all[Math.min(Math.max(current() + step, 0), all.length - 1)];
    if (!row) return;
    if (panel()) row.click();
    else row.focus();
};
const label = (place) => {
    const own = panel() ?? rows()[current()]?.closest("li");
    const button = own?.querySelectorAll("[data-grade]")[place];
    if (!button) return;
    if (button.getAttribute("aria-pressed") !== "true") button.click(); // pressed again it would take the label back
    go(1);
};

document.addEventListener("keydown", (event) => {
    if (!element.isConnected || event.defaultPrevented || event.altKey) return;
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
        const run = document.querySelector("#rr-run");
        if (!run || !document.querySelector("#rr-columns")?.offsetParent) return;
        event.preventDefault();
        const note = event.target.closest(".rr-note-new")?.querySelector("[data-note-add]");
        if (note) return note.click();
        if (isTyping(event.target) && !event.target.closest("#rr-inputs")) return; // a reason, a search: no wish for a new ranking
        event.target.blur?.(); // what was typed last counts
        run.click();
        return;
    }
    if (isUndo(event) && (!isTyping(event.target) || event.target.matches("select"))) {
        event.preventDefault(); // outside of a text the browser takes back what was pasted last in any box: the job description
        return;
    }
    if (event.ctrlKey || event.metaKey || isTyping(event.target) || !isOnScreen() || document.querySelector("dialog[open]:not([data-keys])")) return;
    const action = {
        j: () => go(1), k: () => go(-1), 1: () => label(0), 2: () => label(1), 3: () => label(2),
        "?": () => (help().open ? help().close() : help().showModal()),
    }[event.key.toLowerCase()];
    if (!action || (help()?.open && event.key !== "?")) return;
    event.preventDefault();
    action();
});
element.addEventListener("click", (event) => {
    if (event.target.closest("[data-keys-open]")) help().showModal();
    if (event.target === help() || event.target.closest("[data-keys-close]")) help().close();
});
