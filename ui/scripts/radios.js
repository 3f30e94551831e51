// Gradio gives each choice of a radio a name of its own, so that each is a tab stop. By one name they are one, and the arrow keys choose.
const join = () => document.querySelectorAll("fieldset").forEach((radio) => {
    const choices = [...radio.querySelectorAll("input[type=radio]")];
    for (const choice of choices) if (choice.name !== choices[0].name) choice.name = choices[0].name;
});
new MutationObserver(join).observe(document.body, { childList: true, subtree: true });
join();
