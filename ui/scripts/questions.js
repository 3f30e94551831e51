// Questions for an interview: each is copied with one click, all with another; and the buttons that go to a part of the panel.
const copyText = async (text) => {
    if (navigator.clipboard && window.isSecureContext) {
        try {
            await navigator.clipboard.writeText(text);
            return true;
        } catch { /* not permitted: the other way may be */ }
    }
    const area = document.createElement("textarea"); // over plain http there is no navigator.clipboard
    area.value = text;
    area.readOnly = true;
    area.className = "rr-copy-area";
    document.body.append(area);
    area.select();
    const copied = document.execCommand("copy");
    area.remove();
    return copied;
};
const textsOf = (box) => [...box.querySelectorAll("[data-copied]")].map((line) => line.textContent.trim());
const copyFrom = async (button) => {
    const section = button.closest(".rr-interview");
    const all = textsOf(section.querySelector("ol") || section); // hints are for the interviewer: they are not sent to a candidate
    const text = "copyAll" in button.dataset
        ? all.map((line, place) => `${place + 1}. ${line}`).join("\n")
        : textsOf(button.closest("li") || section)[0];
    const done = await copyText(text);
    button.focus({ preventScroll: true }); // the hidden text area had it
    const said = section.querySelector(".rr-copied");
    said.textContent = "";
    requestAnimationFrame(() => { said.textContent = done ? button.dataset.done : button.dataset.failed; });
    section.querySelectorAll(".rr-copy.done").forEach((other) => other.classList.remove("done"));
    button.classList.toggle("done", done);
};

element.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if ("copy" in button.dataset || "copyAll" in button.dataset) copyFrom(button);
    if (button.dataset.part) element.querySelector("#rr-part-" + button.dataset.part)?.scrollIntoView({ block: "start" });
});
