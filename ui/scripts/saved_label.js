watch("value", () => {
    const news = element.querySelector("[data-news]");
    if (!news) return;
    const { resume, grade } = JSON.parse(news.dataset.news);
    document.querySelectorAll(".rr-grades").forEach((group) => {
        if (group.dataset.resume !== resume) return;
        for (const button of group.querySelectorAll("button")) {
            button.setAttribute("aria-pressed", String(Number(button.dataset.grade) === grade));
        }
    });
});
