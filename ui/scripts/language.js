(language) => {
    // The next visit is in this language from its first byte on: the server reads the cookie.
    const folder = window.location.pathname.replace(/[^/]*$/, "");
    document.cookie = `rr-language=${language}; path=${folder}; max-age=31536000; samesite=strict`;
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
}
