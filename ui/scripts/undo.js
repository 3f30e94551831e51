let timer = 0;
const expire = () => {
    clearTimeout(timer);
    const toast = element.querySelector(".rr-undo");
    if (toast) timer = setTimeout(() => toast.remove(), Number(toast.dataset.left));
};
element.addEventListener("click", (event) => {
    if (!event.target.closest("button[data-undo]")) return;
    element.querySelector(".rr-undo").remove();
    trigger("click", {});
});
watch("value", expire);
expire();
