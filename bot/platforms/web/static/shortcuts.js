// What keys do anywhere on the page.

const dialogOpen = () => document.querySelector("dialog[open]") !== null;

/** Listen for the page's own keys: Ctrl K, /, Esc, Alt with an arrow. */
export function listenToKeys(app) {
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input, textarea, select");
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" && app.me) app.palette();
    else if (dialogOpen()) return;
    else if (event.key === "/" && !typing) app.composer.fill("/");
    else if (event.key === "Escape" && app.thread.place) app.thread.close();
    else if (event.altKey && event.key === "ArrowUp") openNeighbour(app, -1);
    else if (event.altKey && event.key === "ArrowDown") openNeighbour(app, 1);
    else return;
    event.preventDefault();
  });
}

function openNeighbour(app, step) {
  const ids = [...app.places.keys()];
  app.open(ids[(ids.indexOf(app.current) + step + ids.length) % ids.length]);
}
