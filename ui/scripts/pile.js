element.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-remove]");
    if (button) trigger("click", { remove: button.dataset.remove, number: Number(button.dataset.number ?? -1) });
});
