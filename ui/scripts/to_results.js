() => {
    // On a narrow screen the list lies below what was filled in: it is shown once the server has answered the click.
    const results = document.querySelector("#rr-results");
    const isOfList = ({ target, addedNodes }) => target.closest?.(".rr-board") || [...addedNodes].some((node) => node.matches?.(".rr-board"));
    new MutationObserver((changes, observer) => {
        if (!changes.some(isOfList)) return; // Gradio marks the list as waited for
        observer.disconnect();
        const top = results.getBoundingClientRect().top;
        if (top < 0 || top > window.innerHeight / 2) results.scrollIntoView({ behavior: "smooth" });
    }).observe(document.querySelector("#rr-board"), { childList: true, subtree: true });
}
