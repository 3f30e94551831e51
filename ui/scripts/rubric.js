// The panel of the criteria. Every change goes to the server, whose answer replaces the panel: the keyboard's place and what is being typed
// in another box meanwhile are put back.
const panel = () => element.querySelector(".rr-rubric");
const named = (name) => element.querySelector(`[data-focus="${name}"]`);
let focused = ""; // the data-focus of the control that has the keyboard
let place = 0; // of its row
let draft = null; // what is typed and not sent: { name, value }
let wasOpen = false;

// Gradio keeps controls of the former panel, with what a person had put into them: each shows the server's value, but for a draft.
const showValues = () => {
    for (const box of element.querySelectorAll("textarea, input")) box.value = draft?.name === box.dataset.focus ? draft.value : box.defaultValue;
    for (const select of element.querySelectorAll("select")) {
        select.selectedIndex = Math.max(0, [...select.options].findIndex((option) => option.defaultSelected));
    }
};
const rows = () => [...element.querySelectorAll("li[data-key]")];
const send = (row, change) => trigger("click", { key: Number(row?.dataset.key ?? 0), ...change });
// While something is being typed the key belongs to the text; else the browser would undo what was typed last in any box of the page.
const isUndo = (event) => (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "z" && draft === null;
const addNew = (row) => {
    draft = null;
    const value = (name) => row.querySelector(`[data-${name}]`).value;
    trigger("click", { edit: "add", text: value("text"), kind: value("kind"), weight: Number(value("weight")) });
    focused = "add";
};
const closePanel = () => {
    focused = "";
    trigger("click", { rubric: "close" });
    const line = document.querySelector("#rr-rubric-line button");
    line?.focus({ preventScroll: true });
    if (window.matchMedia("(max-width: 62.5em)").matches) line?.scrollIntoView({ block: "center" }); // there the panel lay below the form
};

element.addEventListener("focusin", ({ target }) => {
    focused = target.dataset.focus ?? "";
    place = rows().indexOf(target.closest("li[data-key]"));
});
element.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !element.contains(relatedTarget)) focused = "";
});
element.addEventListener("input", ({ target }) => {
    if (target.matches("textarea, input")) draft = target.value === target.defaultValue ? null : { name: target.dataset.focus, value: target.value };
});
element.addEventListener("change", ({ target }) => {
    const row = target.closest("li[data-key]");
    if (!row) return;
    if ("text" in target.dataset) { draft = null; send(row, { edit: "reword", text: target.value }); }
    if ("kind" in target.dataset) send(row, { edit: "kind", kind: target.value });
    if ("weight" in target.dataset) send(row, { edit: "weight", weight: Number(target.value) });
});
element.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const row = button.closest("li");
    if (button.dataset.rubric) return closePanel();
    if (button.dataset.edit) send(row, { edit: button.dataset.edit });
    if ("new" in button.dataset) addNew(row);
    const preset = element.querySelector("[data-preset]")?.value;
    if ("presetAdd" in button.dataset && preset) trigger("click", { preset: "add", name: preset });
    if ("presetDrop" in button.dataset && preset && window.confirm(button.dataset.ask)) trigger("click", { preset: "drop", name: preset });
    if ("presetSave" in button.dataset) { draft = null; trigger("click", { preset: "save", name: element.querySelector("[data-preset-name]").value }); }
});
element.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // Enter takes a Chinese word
    const { target, key } = event;
    if (isUndo(event)) { event.preventDefault(); send(null, { edit: "back" }); }
    if (key === "Escape") { event.stopPropagation(); closePanel(); }
    if (key === "Enter" && target.matches("textarea")) {
        event.preventDefault();
        const added = target.closest("[data-add]");
        if (added) addNew(added); else target.dispatchEvent(new Event("change", { bubbles: true }));
    }
    const step = { ArrowUp: "up", ArrowDown: "down" }[key];
    const row = target.closest("li[data-key]");
    if (step && event.altKey && row) { event.preventDefault(); send(row, { edit: step }); }
});
watch("value", () => {
    const isOpen = panel() !== null;
    document.documentElement.toggleAttribute("data-rr-rubric", isOpen);
    if (isOpen && !wasOpen) {
        draft = null;
        named("title").focus({ preventScroll: true });
        if (panel().getBoundingClientRect().top < 0 || panel().getBoundingClientRect().top > window.innerHeight / 2) panel().scrollIntoView();
    } else if (isOpen) {
        showValues();
        if (focused && document.activeElement?.dataset.focus !== focused) {
            const row = rows()[Math.min(place, rows().length - 1)];
            const same = named(focused);
            (same && !same.disabled ? same : row?.querySelector("textarea") ?? named("add")).focus({ preventScroll: true });
        }
    }
    wasOpen = isOpen;
});
