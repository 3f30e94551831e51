// The form folds away when a run begins, so that the list has the whole width; whoever wants it open keeps it so in this browser.
const KEY = "rr-form-stays";
const stays = () => { try { return localStorage.getItem(KEY) === "1"; } catch { return false; } };
const FOLDED = "rr-form-folded"; // of this tab, so that a page that is loaded again is as it was left: nothing has begun by that
let folded = false, run = "", isFresh = true; // fresh: what is shown was there when the page was loaded
const narrow = window.matchMedia("(max-width: 62.5em)");
// There the list covers what it was opened from, and the browser's "back" leads there again.
let opener = "form"; // or "history": whence the list came that a person asked for last
let entry = window.history.state?.rrList; // the opener of the list shown, once it has an entry of its own
const enter = () => {
    if (!narrow.matches) return;
    const state = { ...window.history.state, rrList: opener };
    if (entry) window.history.replaceState(state, "");
    else window.history.pushState(state, "");
    entry = opener;
};
const tab = (id) => [...document.querySelectorAll("#rr-tabs > .tab-wrapper [role=tab]")].find((button) => button.dataset.tabId === id);
const turn = (isBack, by) => {
    const button = by === "history" ? tab(isBack ? "history" : "rank") : null;
    if (button) button.click();
    else fold(!isBack);
    window.scrollTo(0, 0);
};

const apply = () => {
    element.classList.toggle("rr-folded", folded);
    document.documentElement.toggleAttribute("data-rr-folded", folded);
    const pin = element.querySelector("[data-pin]");
    if (pin) pin.checked = stays();
};
const fold = (isFolded) => {
    const wasInForm = document.querySelector("#rr-inputs")?.contains(document.activeElement);
    folded = isFolded;
    sessionStorage.setItem(FOLDED, folded ? "1" : "0");
    apply();
    if (folded && wasInForm) (document.querySelector("#rr-board button.rr-row") ?? element.querySelector("[data-unfold]"))?.focus({ preventScroll: true });
    if (!folded) document.querySelector("#rr-job textarea")?.focus({ preventScroll: true });
};
// Another list is read from its top, wherever the page stood when it was opened.
const toTop = () => {
    const results = document.querySelector("#rr-results");
    if (narrow.matches) results?.scrollIntoView();
    else window.scrollTo(0, 0);
};
const see = () => {
    const now = element.querySelector("[data-run]")?.dataset.run ?? "";
    if (now !== run) {
        run = now;
        if (now && !isFresh) {
            setTimeout(toTop, 150); // once its tab is shown
            enter();
        }
        const left = isFresh ? sessionStorage.getItem(FOLDED) : null;
        if (!now) folded = false;
        else if (left) folded = left === "1";
        else if (!stays()) return fold(true);
    }
    apply();
};
element.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if ("unfold" in button.dataset) fold(false);
    if ("fold" in button.dataset) fold(true);
    if ("rank" in button.dataset) document.querySelector("#rr-run")?.click();
    if ("draft" in button.dataset) trigger("click", {});
    if ("stop" in button.dataset) document.querySelector("#rr-stop")?.click();
});
document.addEventListener("click", ({ target }) => {
    const button = target.closest?.("#rr-run, [data-action]");
    if (!button) return;
    isFresh = false;
    opener = button.dataset.action ? "history" : "form";
}, true);
window.addEventListener("popstate", () => {
    const left = entry;
    entry = window.history.state?.rrList;
    if (element.isConnected && !left !== !entry) turn(!entry, left || entry);
});
element.addEventListener("change", (event) => {
    if (!("pin" in event.target.dataset)) return;
    try { localStorage.setItem(KEY, event.target.checked ? "1" : ""); } catch { /* a browser that keeps nothing folds it again */ }
});
watch("value", see);
see();
