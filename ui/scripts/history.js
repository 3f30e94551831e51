element.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-action]");
    if (!button || (button.dataset.ask && !window.confirm(button.dataset.ask))) return;
    const chosen = [...element.querySelectorAll("input[data-run]:checked")].map((box) => Number(box.dataset.run));
    trigger("click", { action: button.dataset.action, run: Number(button.dataset.run ?? 0), chosen });
});
element.addEventListener("change", (event) => {
    const boxes = [...element.querySelectorAll("input[data-run]:checked")];
    if (boxes.length > 2) boxes.find((box) => box !== event.target).checked = false;
    const button = element.querySelector("button[data-action=compare]");
    if (button) button.disabled = element.querySelectorAll("input[data-run]:checked").length !== 2;
});
