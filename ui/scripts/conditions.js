// The form folds away when a run begins, so that the list has the whole width; whoever wants it open keeps it so in this browser.
const KEY = "rr-form-stays";
const stays = () => { try { return localStorage.getItem(KEY) === "1"; } catch { return false; } };
const FOLDED = "rr-form-folded"; // of this tab, so that a page that is loaded again is as it was left: nothing has begun by that
let folded = false, run = "", isFresh = true; // fresh: what is shown was there when the page was loaded

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
    if (window.matchMedia("(max-width: 1000px)").matches) results?.scrollIntoView();
    else window.scrollTo(0, 0);
};
const see = () => {
    const now = element.querySelector("[data-run]")?.dataset.run ?? "";
    if (now !== run) {
        run = now;
        if (now && !isFresh) setTimeout(toTop, 150); // once its tab is shown
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
document.addEventListener("click", ({ target }) => { if (target.closest?.("#rr-run, [data-action]")) isFresh = false; }, true);
element.addEventListener("change", (event) => {
    if (!("pin" in event.target.dataset)) return;
    try { localStorage.setItem(KEY, event.target.checked ? "1" : ""); } catch { /* a browser that keeps nothing folds it again */ }
});
watch("value", see);
see();
