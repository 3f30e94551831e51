// The candidates ticked in the list, and the bar that acts on them. The ticks live in the page: the list's rows are replaced while scores
// stream in, and get theirs back. A new run unticks everybody.
const list = element.closest("#rr-list");
const ticked = new Set(); // numbers of candidates
let run = null, last = null; // the box that was clicked before: a click with shift takes all between

const bar = () => element.querySelector(".rr-selection");
const shown = () => [...list.querySelectorAll("input[data-tick]")];
const number = (box) => Number(box.dataset.tick);
const set = (box, isOn) => { if (isOn) ticked.add(number(box)); else ticked.delete(number(box)); };

const paint = () => {
    if (bar() && bar().dataset.run !== run) { ticked.clear(); run = bar().dataset.run; last = null; }
    document.documentElement.toggleAttribute("data-rr-ticked", bar() !== null && ticked.size > 0);
    if (!bar()) return;
    const boxes = shown();
    for (const box of boxes) {
        box.checked = ticked.has(number(box));
        box.closest("li")?.classList.toggle("rr-ticked", box.checked);
    }
    const away = ticked.size - boxes.filter((box) => box.checked).length;
    const count = bar().querySelector("[data-count]");
    const text = away ? count.dataset.textAway.replace("##", away) : count.dataset.text;
    count.textContent = text.replace("#", ticked.size);
    bar().hidden = !ticked.size;
    for (const button of bar().querySelectorAll("[data-needs]")) {
        button.classList.toggle("rr-unready", ticked.size !== Number(button.dataset.needs));
        button.setAttribute("aria-disabled", String(ticked.size !== Number(button.dataset.needs)));
    }
};

list.addEventListener("click", (event) => {
    const box = event.target.closest("input[data-tick]");
    if (!box) return;
    const boxes = shown(), from = boxes.findIndex((other) => number(other) === last), to = boxes.indexOf(box);
    const range = event.shiftKey && from >= 0 ? boxes.slice(Math.min(from, to), Math.max(from, to) + 1) : [box];
    for (const each of range) set(each, box.checked);
    last = number(box);
    paint();
});
element.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    if ("all" in button.dataset) for (const box of shown()) set(box, true);
    if ("clear" in button.dataset) ticked.clear();
    if (button.dataset.act) trigger("click", { act: button.dataset.act, value: button.dataset.value, ticked: [...ticked] });
    paint();
});
element.addEventListener("change", ({ target }) => {
    if ("labelsToo" in target.dataset) trigger("click", { labelsToo: target.checked });
});
watch("value", paint);
new MutationObserver(paint).observe(list.querySelector("#rr-board"), { childList: true, subtree: true });
paint();
