// Runs before the first paint, so that nobody who chose dark sees a white flash. Not a module for that reason.
(() => {
  const KEY = "rung.theme";
  const wide = matchMedia("(prefers-color-scheme: dark)");
  const chosen = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // a browser that keeps nothing follows the system
    }
  };
  const apply = () => {
    const theme = chosen();
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
  };
  apply();
  addEventListener("storage", (event) => event.key === KEY && apply());
  window.rungTheme = {
    dark: () => (chosen() ?? (wide.matches ? "dark" : "light")) === "dark",
    toggle() {
      const next = this.dark() ? "light" : "dark";
      try {
        localStorage.setItem(KEY, next);
      } catch {
        // kept for this page only
      }
      document.documentElement.dataset.theme = next;
    },
  };
})();
