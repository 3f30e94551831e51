// The open candidate's file in the place of its text. Pages are asked for as they come into view, and kept in this tab's memory only.
{
    const ahead = "500px 0px"; // so far below the view a page is asked for already
    let isShown = false; // for every candidate, until a person goes back to the text
    let isLarge = false;
    let chosen = 0; // which of several files
    let paper = null; // the pages of the file shown: they outlive new markup of the panel

    const box = () => element.querySelector(".rr-original");
    const file = () => box().querySelectorAll(".rr-original-file")[chosen] ?? null;
    const tell = (text) => { const told = element.querySelector(".rr-original-told"); if (told) told.textContent = text ?? ""; };
    const say = (now, text) => { now.told = text; if (paper === now) tell(text); }; // of the pages, also after new markup
    const ask = (path, signal) => fetch(`original/${path}`, { headers: { "X-Reranker-Tab": sessionStorage.getItem("rr-tab") ?? "" }, signal });
    const problem = (status) => box()?.dataset[String(status)] ?? box()?.dataset["422"];

    const forget = () => {
        paper?.stop.abort();
        paper?.watcher.disconnect();
        paper?.addresses.forEach((address) => URL.revokeObjectURL(address));
        paper = null;
    };
    const draw = async (page, now) => {
        if (now.stop.signal.aborted || page.querySelector("img")) return;
        try {
            const answer = await ask(`${now.path}/${page.dataset.page}`, now.stop.signal);
            if (!answer.ok) { page.dataset.problem = problem(answer.status); return; }
            const image = document.createElement("img");
            image.src = URL.createObjectURL(await answer.blob());
            now.addresses.push(image.src);
            image.alt = box()?.dataset.page.replace("{page}", Number(page.dataset.page) + 1) ?? "";
            page.prepend(image);
        } catch (error) {
            if (!now.stop.signal.aborted) page.dataset.problem = problem(422);
        }
    };
    const place = ({ box: [left, top, width, height], targets, numbers }, page) => {
        const shade = document.createElement("i");
        shade.dataset.targets = targets.join(" ");
        const requirement = targets.find((target) => target.startsWith("r")); // coloured like the first, as in the text
        shade.className = requirement ? `rr-original-mark c${(Number(requirement.slice(1)) - 1) % 8}` : "rr-original-mark";
        Object.assign(shade.style, { left: `${left}%`, top: `${top}%`, width: `${width}%`, height: `${height}%` });
        if (numbers.length) shade.dataset.numbers = numbers.join(" ");
        page.append(shade);
    };
    const open = async (path) => {
        forget();
        const node = document.createElement("div");
        Object.assign(node, { className: "rr-original-pages", tabIndex: 0 });
        node.setAttribute("role", "document");
        node.setAttribute("aria-label", box().dataset.label);
        let turn = Promise.resolve(); // one page after the other
        const watcher = new IntersectionObserver((entries) => entries.filter((entry) => entry.isIntersecting).forEach(({ target }) => {
            watcher.unobserve(target);
            turn = turn.then(() => draw(target, now));
        }), { rootMargin: ahead });
        const now = paper = { path, node, watcher, addresses: [], stop: new AbortController(), top: 0, isPlaced: false, told: "" };
        node.addEventListener("scroll", () => { now.top = node.scrollTop; });
        say(now, box().dataset.waiting);
        try {
            const answer = await ask(path, now.stop.signal);
            if (paper !== now) return;
            if (!answer.ok) return say(now, problem(answer.status));
            const { sizes, all, marks } = await answer.json();
            sizes.forEach(([width, height], number) => {
                const page = document.createElement("figure");
                page.dataset.page = number;
                page.style.aspectRatio = width && height ? `${width} / ${height}` : "210 / 297";
                marks.filter((mark) => mark.page === number).forEach((mark) => place(mark, page));
                node.append(page);
                watcher.observe(page);
            });
            now.isPlaced = true;
            say(now, all > sizes.length ? box()?.dataset.more.replace("{all}", all).replace("{shown}", sizes.length) : "");
        } catch (error) {
            if (!now.stop.signal.aborted) say(now, problem(422));
        }
    };
    const enlarge = (node) => { // what was in view stays there
        if (node.hasAttribute("data-large") === isLarge) return;
        const share = node.scrollTop / Math.max(1, node.scrollHeight);
        node.toggleAttribute("data-large", isLarge);
        node.scrollTop = share * node.scrollHeight;
    };
    const show = () => {
        const shown = box();
        if (!shown) return forget();
        if (!file()) chosen = 0;
        const hasPages = "pages" in file().dataset;
        const path = `${shown.dataset.resume}/${file().dataset.digest}`;
        shown.hidden = !isShown;
        shown.parentElement.dataset.shows = !isShown ? "text" : hasPages ? "pages" : "both";
        shown.querySelectorAll(".rr-original-file").forEach((one) => { one.hidden = one !== file(); });
        element.querySelectorAll("[data-original-view]").forEach((button) => {
            button.setAttribute("aria-pressed", String((button.dataset.originalView === "file") === isShown));
        });
        const zoom = element.querySelector("[data-original-zoom]");
        zoom.hidden = !isShown || !hasPages;
        zoom.setAttribute("aria-pressed", String(isLarge));
        const names = element.querySelector("[data-original-file]");
        if (names) names.value = String(chosen);
        if (paper && paper.path !== path) forget();
        if (!isShown || !hasPages) return;
        if (!paper) open(path);
        enlarge(paper.node);
        tell(paper.told);
        if (paper.node.parentElement !== shown) { shown.prepend(paper.node); paper.node.scrollTop = paper.top; }
    };
    const turnTo = (target) => {
        const shades = paper.node.querySelectorAll(`[data-targets~="${target}"]`);
        const mark = shades[0];
        if (!mark) {
            if (!paper.isPlaced) return;
            isShown = false;
            show();
            tell(box().dataset.unplaced);
            return jump(target);
        }
        tell(paper.told);
        const top = mark.getBoundingClientRect().top - paper.node.getBoundingClientRect().top + paper.node.scrollTop;
        paper.node.scrollTo({ top: top - paper.node.clientHeight / 4, behavior: "smooth" });
        paper.node.scrollIntoView({ block: "nearest", behavior: "smooth" });
        shades.forEach((shade) => {
            shade.classList.remove("seen");
            void shade.offsetWidth;
            shade.classList.add("seen");
        });
    };
    const save = async (name) => {
        const answer = await ask(`${box().dataset.resume}/${file().dataset.digest}/file`);
        if (!answer.ok) return tell(problem(answer.status));
        const link = document.createElement("a");
        link.href = URL.createObjectURL(await answer.blob());
        link.download = name;
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    };

    element.addEventListener("click", (event) => {
        const button = event.target.closest("button");
        if (!button || !box()) return;
        if (button.dataset.originalView) { isShown = button.dataset.originalView === "file"; tell(""); show(); }
        if ("originalZoom" in button.dataset) { isLarge = !isLarge; show(); }
        if (button.dataset.originalSave) save(button.dataset.originalSave);
        if (button.dataset.jump && isShown && paper && "pages" in file().dataset) turnTo(button.dataset.jump);
    });
    element.addEventListener("change", (event) => {
        if (!("originalFile" in event.target.dataset)) return;
        chosen = Number(event.target.value);
        show();
    });
    element.addEventListener("keydown", (event) => { // in the pages the arrows scroll, and do not go to the next candidate
        if (event.target.closest(".rr-original-pages") && event.key.startsWith("Arrow")) event.stopPropagation();
    });
    let resume = "";
    watch("value", () => {
        if (box()?.dataset.resume !== resume) [resume, chosen] = [box()?.dataset.resume, 0];
        show();
    });
}
