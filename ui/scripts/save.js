(file) => {
    // A file that the server sent as text goes to the person's downloads; a page to a tab of its own, ready to print.
    if (!file) return "";
    const { name, type, data } = JSON.parse(file);
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
    const address = URL.createObjectURL(new Blob([bytes], { type }));
    const tab = type.startsWith("text/html") ? window.open(address, "_blank") : null;
    if (tab) {
        tab.addEventListener("load", () => setTimeout(() => tab.print(), 200));
    } else {
        const link = document.createElement("a");
        link.href = address;
        link.download = name;
        link.click();
    }
    setTimeout(() => URL.revokeObjectURL(address), 60000);
    return "";
}
