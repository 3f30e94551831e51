async (session) => {
    // For the browser: a random key that outlives a reload of the tab (a duplicated tab, which starts with a copy, gets its own), and as JSON
    // what was typed when the page was left, and by whom; see server/connection.js.
    const fresh = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const channel = new BroadcastChannel("rr-tabs");
    let key = sessionStorage.getItem("rr-tab");
    if (key) {
        const taken = await new Promise((resolve) => {
            channel.onmessage = (event) => { if (event.data === "mine:" + key) resolve(true); };
            channel.postMessage("whose:" + key);
            setTimeout(() => resolve(false), 150);
        });
        if (taken) key = null;
    }
    key = key || fresh();
    sessionStorage.setItem("rr-tab", key);
    channel.onmessage = (event) => { if (event.data === "whose:" + key) channel.postMessage("mine:" + key); };
    return [session, key, sessionStorage.getItem("rr-typed") || ""];
}
