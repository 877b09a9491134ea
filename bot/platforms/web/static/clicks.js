// Clicks in messages: buttons, menus, commands in the text, threads, answers to take away.

import { toggleMenu, closeMenu } from "./menus.js";

/** Listen in a list of messages. `acts` says what each click does. */
export function listenToClicks(root, acts) {
  root.addEventListener("click", (event) => {
    const target = event.target.closest("button");
    if (!target || !root.contains(target)) return;
    const message = Number(target.closest("[data-id]")?.dataset.id ?? 0);
    if (target.classList.contains("menu-opener")) toggleMenu(target.parentElement);
    else if (target.getAttribute("role") === "menuitem") pick(target, message, acts);
    else if (target.dataset.token) busy(target, () => acts.click(message, target.dataset.token));
    else if (target.dataset.line) acts.fill(target.dataset.line);
    else if (target.dataset.run) acts.run(target.dataset.run);
    else if (target.dataset.thread) acts.showThread(target.dataset.thread);
    else if ("answer" in target.dataset) busy(target, () => acts.startThread(message));
    else if ("dismiss" in target.dataset) busy(target, () => acts.dismiss(message));
  });
}

function pick(item, message, acts) {
  const menu = item.closest(".menu");
  closeMenu();
  busy(menu.querySelector(".menu-opener"), () => acts.click(message, menu.dataset.token, item.dataset.value));
}

// A button that was clicked waits for its answer: it keeps the focus, and a second click does nothing.
async function busy(button, work) {
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  try {
    await work();
  } finally {
    button.removeAttribute("aria-busy");
  }
}
