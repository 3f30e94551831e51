// A page of the pool as the server sent it: scripts/pool.js shows it in its dialog.
watch("value", () => {
    const found = element.querySelector("[data-serial]");
    if (found) document.dispatchEvent(new CustomEvent("rr-pool-found", { detail: found }));
});
