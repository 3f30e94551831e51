(language) => {
    // The next visit is in this language from its first byte on: the server reads the cookie.
    const folder = window.location.pathname.replace(/[^/]*$/, "");
    document.cookie = "rr-language=; path=/; max-age=0"; // of before the page had a sub-path, where browsers send it too
    document.cookie = `rr-language=${language}; path=${folder}; max-age=31536000; samesite=strict`;
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    // While the page is still being loaded, Gradio's client can lose the answer: the page then comes again, in this language.
    const isThere = () => [...document.querySelectorAll("#rr-header [data-language]")].every((said) => said.dataset.language === language);
    clearTimeout(window.rrLanguage);
    window.rrLanguage = setTimeout(() => { if (!isThere()) window.location.reload(); }, 4000);
}
