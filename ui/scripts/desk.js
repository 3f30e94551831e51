{ // For the board and the open candidate: status, notes. A status shows as set only once the server has it on disk.
    const drafts = new Map(); // what is typed about whom, so that it outlives a panel that is drawn anew
    const box = () => element.querySelector("textarea[data-note]");

    element.addEventListener("change", ({ target }) => {
        if ("labelsToo" in target.dataset) trigger("click", { labelsToo: target.checked });
        if (!target.matches("select[data-status]")) return;
        trigger("click", { status: target.value, resumes: [target.dataset.resume] });
        target.value = target.dataset.was;
    });
    element.addEventListener("click", ({ target }) => {
        const button = target.closest("button");
        if (!button) return;
        if (button.dataset.status) trigger("click", { status: button.dataset.status, resumes: [button.closest("[data-resume]").dataset.resume] });
        if ("noteAdd" in button.dataset && box().value.trim()) trigger("click", { note: box().value, resume: box().dataset.resume });
        if (button.dataset.noteDelete) trigger("click", { noteDelete: Number(button.dataset.noteDelete) });
    });
    element.addEventListener("input", ({ target }) => {
        if ("note" in target.dataset) drafts.set(target.dataset.resume, target.value);
    });
    document.addEventListener("rr-note-kept", ({ detail: { resume, text } }) => {
        if (drafts.get(resume) !== text) return; // more was typed since
        drafts.delete(resume);
        if (box()?.dataset.resume === resume) box().value = "";
    });
    watch("value", () => {
        const draft = drafts.get(box()?.dataset.resume);
        if (draft) box().value = draft;
    });
}
