// A click on the button to rank was refused for want of what belongs into this field: the form is shown again, at the field.
let wasRefused = Boolean(element.querySelector("[data-refused]"));
watch("value", () => {
    const refusal = element.querySelector("[data-refused]");
    if (refusal && !wasRefused) {
        if (document.documentElement.hasAttribute("data-rr-folded")) document.querySelector("#rr-conditions [data-unfold]")?.click();
        setTimeout(() => element.querySelector("[data-refused]")?.scrollIntoView({ block: window.matchMedia("(max-width: 62.5em)").matches ? "center" : "nearest" }), 100); // after to_results.js
    }
    wasRefused = Boolean(refusal);
});
