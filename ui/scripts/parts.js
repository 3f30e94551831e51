// What was stored, by this page or a colleague: the parts of the list and the panel that show it are replaced in place, so that nothing
// else is drawn anew and what is being typed stays.
const WORKABLE = "button, select, input";
const replace = (old, markup) => {
    const holder = document.createElement("template");
    holder.innerHTML = markup;
    const fresh = holder.content.firstElementChild;
    const focused = [...old.querySelectorAll(WORKABLE)].indexOf(document.activeElement);
    old.replaceWith(fresh);
    if (focused >= 0) fresh.querySelectorAll(WORKABLE)[focused]?.focus({ preventScroll: true });
};
watch("value", () => {
    const news = element.querySelector("[data-news]");
    if (!news) return;
    const { parts, written } = JSON.parse(news.dataset.news);
    for (const old of document.querySelectorAll("#rr-results [data-part]")) {
        if (old.dataset.part in parts) replace(old, parts[old.dataset.part]);
    }
    if (written) document.dispatchEvent(new CustomEvent("rr-note-kept", { detail: written }));
});
