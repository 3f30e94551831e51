// For lists whose buttons say in data-… what they do; with data-ask a person has to confirm it.
element.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-action]");
    if (!button || (button.dataset.ask && !window.confirm(button.dataset.ask))) return;
    trigger("click", { ...button.dataset });
});
