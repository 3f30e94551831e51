(name, text) => {
    const style = getComputedStyle(document.documentElement);
    const question = style.getPropertyValue("--rr-ask-name").trim().replace(/^"|"$/g, "");
    const suggested = text.trim().split("\n")[0].slice(0, 40);
    return [text.trim() ? (window.prompt(question, suggested) || "") : "", text];
}
