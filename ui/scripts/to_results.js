() => {
    // On a narrow screen the list lies below what was filled in.
    const board = document.querySelector("#rr-results");
    const top = board.getBoundingClientRect().top;
    if (top < 0 || top > window.innerHeight / 2) board.scrollIntoView({ behavior: "smooth" });
}
