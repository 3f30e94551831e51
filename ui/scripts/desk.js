{ // For the board and the open candidate: status, notes. A status shows as set only once the server has it on disk.
    // What is typed about whom outlives a panel that is drawn anew, a lost connection and a reload: it stays in this tab until the server
    // has it. By user, resume and field; a page of somebody else who signs in later shows none of it.
    const drafts = window.rrDrafts ??= new Map(Object.entries(JSON.parse(sessionStorage.getItem("rr-drafts") ?? "{}")));
    const keep = () => {
        if (drafts.size) sessionStorage.setItem("rr-drafts", JSON.stringify(Object.fromEntries(drafts)));
        else sessionStorage.removeItem("rr-drafts");
    };
    const keyOf = (kind, resume) => [document.querySelector("#rr-title a[data-user]")?.dataset.user ?? "", resume, kind].join("\n");
    const isKnown = () => document.querySelector("#rr-title [data-alive]"); // whose page it is: the panel can come before it
    const box = () => element.querySelector("textarea[data-note]");
    const reason = () => element.querySelector("input[data-reason]");

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
        if (button.dataset.noteDelete && window.confirm(button.dataset.ask)) trigger("click", { noteDelete: Number(button.dataset.noteDelete) });
        if (button.dataset.erase) {
            for (const key of drafts.keys()) if (key.split("\n")[1] === button.dataset.erase) drafts.delete(key);
            keep();
        }
    });
    element.addEventListener("input", ({ target }) => {
        const kind = "note" in target.dataset ? "note" : "reason" in target.dataset ? "reason" : "";
        if (!kind || !isKnown()) return; // else it is taken from the box once the page knows whose it is
        drafts.set(keyOf(kind, target.dataset.resume), target.value);
        keep();
    });
    document.addEventListener("rr-note-kept", ({ detail: { resume, text } }) => {
        if (drafts.get(keyOf("note", resume)) !== text) return; // more was typed since
        drafts.delete(keyOf("note", resume));
        keep();
    });
    document.addEventListener("rr-note-kept", ({ detail: { resume, text } }) => {
        if (box()?.dataset.resume === resume && box().value === text) box().value = "";
    });
    let isFirst = true; // nobody stood in the panel before: what is in its boxes already was typed about who is in it now
    const fill = () => { // Gradio keeps a box that stood in the panel before, and with it what was typed about the person before
        for (const [kind, field] of [["note", box()], ["reason", reason()]]) {
            if (!field) continue;
            const key = keyOf(kind, field.dataset.resume), stored = field.defaultValue;
            if (isFirst && field.value !== stored) { drafts.set(key, field.value); keep(); }
            const said = drafts.get(key);
            field.value = said ?? stored;
            if (kind !== "reason" || said !== stored) continue;
            drafts.delete(key); // the server has it
            keep();
        }
        isFirst = !box() && !reason();
    };
    watch("value", () => {
        if (isKnown()) return fill();
        new MutationObserver((_, observer) => {
            if (!isKnown()) return;
            observer.disconnect();
            fill();
        }).observe(document.body, { childList: true, subtree: true });
    });
}
