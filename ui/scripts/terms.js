// Pairs of company terms, decided one by one: a click sends what its button says, and what was typed beside it.
element.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-action]");
    if (!button) return;
    const typed = [...(button.closest(".rr-term-pair")?.querySelectorAll("input") ?? [])].map((input) => [input.name, input.value]);
    trigger("click", { ...button.dataset, ...Object.fromEntries(typed) });
});
element.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || !event.target.matches(".rr-term-pair input")) return;
    event.preventDefault();
    event.target.closest(".rr-term-pair").querySelector("button").click();
});
