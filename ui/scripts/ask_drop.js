(session, chosen) => {
    const style = getComputedStyle(document.documentElement);
    const question = style.getPropertyValue("--rr-ask-drop").trim().replace(/^"|"$/g, "");
    return [session, chosen && window.confirm(question) ? chosen : ""];
}
