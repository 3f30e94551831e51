() => {
    // Gradio shows nothing when a click comes back with "not signed in". Loading the page again leads to the form and back to the same session.
    // What was typed and not sent yet is put aside for the page that is loaded then.
    const typed = () => ["job", "pasted", "instruction"].map((name) => document.querySelector(`#rr-${name} textarea`)?.value ?? null);
    const ask = window.fetch;
    let leaving = false; // signing out ends the session before the page is gone: what is answered then must not call the person back
    window.addEventListener("beforeunload", () => { leaving = true; });
    window.fetch = async (...request) => {
        const answer = await ask(...request);
        if (answer.status === 401 && !leaving) {
            sessionStorage.setItem("rr-typed", JSON.stringify(typed()));
            window.location.reload();
        }
        return answer;
    };
}
