// For the list of people that a search found: whoever is ticked in an entry goes with it.
element.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-action]");
    if (!button) return;
    const boxes = [...button.closest("li").querySelectorAll("input[data-also]:checked")];
    const question = [button.dataset.ask, ...boxes.map((box) => box.dataset.line)].join("\n");
    if (button.dataset.ask) {
        if (!window.confirm(question)) return;
        button.disabled = true; // it takes a moment; the answer replaces the list
    }
    trigger("click", { ...button.dataset, also: boxes.map((box) => box.dataset.also) });
});
