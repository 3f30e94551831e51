// The notice at the top can be closed for as long as this tab lives; what it says stays in the line of the model.
const KEY = "rr-notice-closed";
const apply = () => { element.hidden = sessionStorage.getItem(KEY) === element.textContent && element.textContent !== ""; };
element.addEventListener("click", (event) => {
    if (!event.target.closest("[data-notice-close]")) return;
    sessionStorage.setItem(KEY, element.textContent);
    apply();
});
watch("value", apply);
apply();
