// Short notices that go away by themselves, unless somebody is reading them.

import { $, h, icon } from "./dom.js";

const SHOWN_MS = 7000;

/** Show a notice; `kind` is "" or "bad". An action is { label, run }. */
export function toast(words, kind = "", action = null) {
  const close = () => node.remove();
  const node = h(
    "div",
    { class: `toast ${kind}`, role: kind === "bad" ? "alert" : "status" },
    h("p", {}, words),
    action && h("button", { type: "button", class: "button", onclick: () => (close(), action.run()) }, action.label),
    h("button", { type: "button", class: "bare", "aria-label": "Dismiss this notice", onclick: close }, icon("close")),
  );
  const leave = () => (node.matches(":hover, :focus-within") ? setTimeout(leave, SHOWN_MS) : close());
  setTimeout(leave, SHOWN_MS);
  const kept = $("#toasts");
  kept.append(node);
  if (kept.children.length > 3) kept.firstElementChild.remove();
}

/** Show that Rung can't be reached; `retry` tries at once. Coming back hides it. */
export function showAway(retry) {
  const again = h("button", { type: "button", class: "link", onclick: retry }, "Try now");
  $("#banner").replaceChildren(h("span", { class: "dots" }), "Rung can't be reached. Connecting again … ", again);
  $("#banner").hidden = false;
}

/** Say that something went wrong. */
export const complain = (error) => toast(error.message, "bad");
