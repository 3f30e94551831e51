// The page shows itself when its first event is answered: Gradio's client can lose the answer to a click before, and what the answer brings
// would move what is being read.
const LONGEST_MS = 4000;
const show = () => document.documentElement.toggleAttribute("data-rr-alive", true);
setTimeout(show, LONGEST_MS); // whatever has gone wrong by then can be read at least
watch("value", () => {
    if (element.querySelector("[data-alive]")) requestAnimationFrame(() => requestAnimationFrame(show)); // once all of it is drawn
});
