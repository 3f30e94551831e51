() => {
    // Keeps a page that stays open in step with the server: it comes back by itself after a restart, leaves for the sign-in form when the
    // session has ended, and hears what others did to its list. What was typed and not sent yet comes along over any reload. A click that
    // the server cannot be told of waits until it can; where the page is loaded again before that, the next one says so.
    const LOOK_MS = 3000, SLOW_MS = 8000;
    const process = "{process}";
    const ask = window.fetch;
    let leaving = false, isUnloading = false, isLost = false, isCutOff = false, isTaken = false, failures = 0, news = null;
    let clicked = { at: -Infinity }, asked = 0, unsent = 0, isDropped = false, lost = null, turn = Promise.resolve();
    const ASKS = ["#rr-run", "#rr-stop", "#rr-example", "#rr-exports button", ..."select grade status note-add note-delete act action rank stop draft erase"
        .split(" ").map((name) => `button[data-${name}]`)].join();

    // What was typed; null for a box that the page never showed: the server has it, or, if it was restarted since, the page before (`left`).
    const before = JSON.parse(sessionStorage.getItem("rr-typed") ?? "null");
    let left = before?.typed.map((text, place) => text ?? before.left?.[place] ?? null);
    if (before && before.process !== process) sessionStorage.setItem("rr-typed", JSON.stringify({ ...before, typed: left }));
    const typed = () => ["job", "pasted", "instruction"].map((name) => document.querySelector(`#rr-${name} textarea`)?.value ?? null);
    const allTyped = () => {
        const user = signOut()?.dataset.user ?? "";
        return JSON.stringify({ user, process, typed: typed(), left: before?.user === user ? left : null });
    };
    const signOut = () => document.querySelector('#rr-title a[data-user]');
    document.addEventListener("click", ({ target }) => {
        if (signOut()?.contains(target)) leaving = true;
        const button = target.closest?.("button:not(#rr-news)");
        if (!button) return;
        if (button.matches("[data-erase], #rr-people button")) left = null;
        const name = button.dataset.select ? "" : (button.ariaLabel || button.textContent).trim().slice(0, 60); // not all that a row says
        clicked = { at: performance.now(), name, id: button.matches("#rr-run, [data-rank]") ? "rr-run" : "" };
        if (!(isLost || isCutOff) || !button.matches(ASKS)) return;
        const before = asked; // once Gradio knows that its stream is cut off it asks nothing more, and loads the page again
        lost = clicked;
        setTimeout(() => {
            if (asked !== before) return;
            isDropped = true;
            sayLost(isLost);
        }, 200);
    }, true);
    const justClicked = () => (performance.now() - clicked.at < 1000 ? clicked : null); // else the page asks by itself
    const noteUnsent = (click) => { if (click) sessionStorage.setItem("rr-unsent", JSON.stringify(click)); };
    window.addEventListener("pagehide", () => {
        // Signed out: nothing of it is for whoever signs in next.
        if (leaving) return ["rr-typed", "rr-drafts", "rr-unsent"].forEach((name) => sessionStorage.removeItem(name));
        if (unsent || isDropped) noteUnsent(lost);
        if (isTaken && document.querySelector("#rr-job textarea")) sessionStorage.setItem("rr-typed", allTyped());
    });
    window.addEventListener("beforeunload", () => { isUnloading = true; }); // what is answered from now on must not call the person back
    const comeBack = () => { if (!leaving && !isUnloading) window.location.reload(); };

    // What the last page left is the server's once it has answered this one; until then it stays where it is.
    const take = () => {
        isTaken ||= Boolean(document.querySelector("#rr-title [data-alive]"));
        if (!isTaken) return;
        sessionStorage.removeItem("rr-typed");
        const last = sessionStorage.getItem("rr-unsent"), box = document.querySelector("#rr-title [data-unsent]");
        if (!last || !box) return;
        sessionStorage.removeItem("rr-unsent");
        const { name, id } = JSON.parse(last), again = box.querySelector("[data-again]");
        const text = name ? box.dataset.text.replace("#", () => name) : box.dataset.textPlain;
        box.querySelector("span").textContent = text;
        again.hidden = !id;
        box.hidden = false;
        box.onclick = ({ target }) => {
            if (!target.closest("button")) return;
            box.hidden = true;
            if (target === again) document.getElementById(id)?.click();
        };
    };
    new MutationObserver((_, observer) => { take(); if (isTaken) observer.disconnect(); }).observe(document.body, { childList: true, subtree: true });

    // A click must not reach a server that knows nothing of this page: it is asked to refuse pages of another process (409).
    const marked = (headers) => ({ ...Object.fromEntries(new Headers(headers)), "X-Reranker-Process": process });
    window.fetch = async (what, options = {}) => {
        const isPost = (options.method ?? "GET").toUpperCase() === "POST";
        const isClick = isPost && /\/queue\/join(\?|$)/.test(String(what.url ?? what));
        asked += isClick;
        const answer = await (isClick ? send : ask)(what, isPost ? { ...options, headers: marked(options.headers) } : options);
        if (answer.status === 401 || answer.status === 409) {
            if (isClick && !leaving) noteUnsent(lost ?? justClicked());
            comeBack();
        } else if (isClick && !unsent) {
            [isDropped, lost] = [false, null];
        }
        return answer;
    };
    const isRefused = (problem) => problem instanceof TypeError && !leaving && !isUnloading;
    const send = async (...request) => {
        try {
            return await ask(...request);
        } catch (problem) {
            if (isUnloading && !leaving) noteUnsent(justClicked());
            if (!isRefused(problem)) throw problem;
        }
        unsent += 1;
        lost = justClicked() ?? lost;
        sayLost(true);
        turn = turn.catch(() => {}).then(() => sendLater(request)); // in the order of the clicks
        return turn.finally(() => { unsent -= 1; });
    };
    const sendLater = async (request) => {
        for (;;) {
            while (isLost) await new Promise((resolve) => setTimeout(resolve, 300));
            try {
                return await ask(...request);
            } catch (problem) {
                if (!isRefused(problem)) throw problem;
                sayLost(true);
            }
        }
    };

    const said = () => document.querySelector("#rr-title [data-lost]");
    const sayLost = (isDown) => {
        isLost = isDown;
        if (!said()) return;
        said().hidden = !isDown && !isCutOff;
        said().textContent = said().dataset[unsent ? "waiting" : isDropped ? "dropped" : "text"];
    };
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
            if (news !== null && now.news !== news) {
                left = null; // somebody may have been erased who stands in it
                document.querySelector("#rr-news")?.click();
            }
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
        for (const text of document.querySelectorAll("[data-testid=toast-text]:not([data-seen])")) {
            text.dataset.seen = "";
            if (/^Connection (to the server was lost|errored out)/.test(text.textContent.trim())) {
                isCutOff ||= text.textContent.includes("was lost"); // then Gradio itself loads the page again, as soon as it can
                sayLost(true);
                text.dataset.lost = ""; // hidden by the style sheet: the toast's animation overwrites its own style
            } else if (said()?.dataset.failed && document.documentElement.lang.startsWith("zh") && !/[\u4e00-\u9fff]/.test(text.textContent)) {
                text.textContent = said().dataset.failed;
            }
        }
    }).observe(document.body, { childList: true, subtree: true });
}
