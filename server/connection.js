() => {
    // Keeps a page that stays open in step with the server: it comes back by itself after a restart, leaves for the sign-in form when the
    // session has ended, and hears what others did to its list. What was typed and not sent yet comes along over any reload.
    const LOOK_MS = 3000, SLOW_MS = 8000;
    const process = "{process}";
    const ask = window.fetch;
    let leaving = false, isUnloading = false, failures = 0, news = null;

    const typed = () => ["job", "pasted", "instruction"].map((name) => document.querySelector(`#rr-${name} textarea`)?.value ?? null);
    const signOut = () => document.querySelector('#rr-title a[data-user]');
    document.addEventListener("click", (event) => { if (signOut()?.contains(event.target)) leaving = true; });
    window.addEventListener("pagehide", () => {
        if (leaving) return sessionStorage.removeItem("rr-typed"); // signed out: nothing of it is for whoever signs in next
        if (document.querySelector("#rr-job textarea")) sessionStorage.setItem("rr-typed", JSON.stringify({ user: signOut()?.dataset.user ?? "", typed: typed() }));
    });
    window.addEventListener("beforeunload", () => { isUnloading = true; }); // what is answered from now on must not call the person back
    const comeBack = () => { if (!leaving && !isUnloading) window.location.reload(); };

    // A click must not reach a server that knows nothing of this page: it is asked to refuse pages of another process (409).
    const marked = (headers) => ({ ...Object.fromEntries(new Headers(headers)), "X-Reranker-Process": process });
    window.fetch = async (what, options = {}) => {
        const isPost = (options.method ?? "GET").toUpperCase() === "POST";
        const answer = await ask(what, isPost ? { ...options, headers: marked(options.headers) } : options);
        if (answer.status === 401 || answer.status === 409) comeBack();
        return answer;
    };

    const said = () => document.querySelector("#rr-title [data-lost]");
    const sayLost = (isLost) => { if (said()) said().hidden = !isLost; };
    const look = async () => {
        if (document.visibilityState === "hidden" || leaving) return;
        const limit = new AbortController();
        const timer = setTimeout(() => limit.abort(), SLOW_MS);
        try {
            const answer = await ask("alive", { headers: { "X-Reranker-Tab": sessionStorage.getItem("rr-tab") ?? "" }, signal: limit.signal });
            if (answer.status === 401) return comeBack();
            if (!answer.ok) throw new Error(String(answer.status));
            const now = await answer.json();
            if (now.app !== process) return comeBack();
            if (news !== null && now.news !== news) document.querySelector("#rr-news")?.click();
            news = now.news;
            failures = 0;
            sayLost(false);
        } catch (problem) {
            failures += 1;
            if (problem instanceof TypeError || failures > 1) sayLost(true); // refused at once; one answer that is late is no news
        } finally {
            clearTimeout(timer);
        }
    };
    (async () => { for (;;) { await look(); await new Promise((resolve) => setTimeout(resolve, LOOK_MS)); } })();
    document.addEventListener("visibilitychange", look);

    // Gradio's own notices are in English: a lost connection is said above in the page's words, anything else in a sentence of ours.
    new MutationObserver(() => {
        for (const text of document.querySelectorAll(".toast-text:not([data-seen])")) {
            text.dataset.seen = "";
            const toast = text.closest(".toast-body");
            if (/^Connection (to the server was lost|errored out)/.test(text.textContent.trim())) {
                sayLost(true);
                if (toast) toast.style.display = "none";
            } else if (said()?.dataset.failed && document.documentElement.lang.startsWith("zh") && !/[\u4e00-\u9fff]/.test(text.textContent)) {
                text.textContent = said().dataset.failed;
            }
        }
    }).observe(document.body, { childList: true, subtree: true });
}
