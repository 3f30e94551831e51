// A page that is loaded again, by whomever, shows the tab that was open when it was left.
{
    const KEY = "rr-tab-open";
    const selected = () => document.querySelector("#rr-tabs > .tab-wrapper [role=tab][aria-selected=true]");
    window.addEventListener("pagehide", () => { if (selected()) sessionStorage.setItem(KEY, selected().dataset.tabId ?? ""); });
    const last = sessionStorage.getItem(KEY);
    const isTab = (button) => button.dataset.tabId === last && button.getAttribute("aria-selected") !== "true";
    if (last && last !== "rank") new MutationObserver((_, observer) => {
        if (!document.querySelector("#rr-title [data-alive]")) return; // Gradio can lose the answer to a click before that
        observer.disconnect();
        [...document.querySelectorAll("#rr-tabs > .tab-wrapper [role=tab]")].find(isTab)?.click();
    }).observe(document.body, { childList: true, subtree: true });
}
