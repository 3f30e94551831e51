(language) => {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
}
