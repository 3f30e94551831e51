() => {
    // Gradio shows nothing when a click comes back with "not signed in". Loading the page again leads to the form and back to the same session.
    const ask = window.fetch;
    window.fetch = async (...request) => {
        const answer = await ask(...request);
        if (answer.status === 401) window.location.reload();
        return answer;
    };
}
