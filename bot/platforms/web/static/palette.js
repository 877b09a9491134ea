// Ctrl K: jump to a place, begin a command, change a setting, by typing a few letters of it.

import { $, h, icon } from "./dom.js";
import { openDialog } from "./dialogs.js";

const MOST = 12;

/** Return what can be jumped to: places, commands, settings, each as { icon, label, hint, run }. */
export function entriesOf({ places, commands }, acts) {
  const jumps = [...places.values()].map((place) => ({
    icon: place.direct ? "direct" : "hash", label: place.name, hint: place.topic, run: () => acts.open(place.id),
  }));
  const lines = commands.map((command) => ({
    icon: "slash", label: command.text, hint: command.summary, run: () => acts.fill(`${command.text} `),
  }));
  const settings = [
    { icon: "moon", label: "Light or dark colours", hint: "Setting", run: () => $("#theme").click() },
    { icon: "person", label: "Be somebody else", hint: "Setting", run: acts.rename },
  ];
  return [...jumps, ...lines, ...settings];
}

/** Open the palette over what `entriesOf` returned. */
export function openPalette(entries) {
  const dialog = $("#palette");
  const input = $("#palette-input");
  const list = $("#palette-list");
  let shown = [];
  let active = 0;

  const point = (at) => {
    active = at;
    [...list.children].forEach((row, n) => row.setAttribute("aria-selected", String(n === at)));
    list.children[at]?.scrollIntoView({ block: "nearest" });
    if (shown[at]) input.setAttribute("aria-activedescendant", `palette-${at}`);
    else input.removeAttribute("aria-activedescendant");
  };
  const draw = () => {
    shown = find(entries, input.value);
    const rows = shown.map((entry, n) => row(entry, n, () => run(entry)));
    list.replaceChildren(...(rows.length ? rows : [h("li", { class: "nothing" }, "Nothing is called that.")]));
    point(0);
  };
  const run = (entry) => {
    dialog.close();
    entry?.run();
  };

  input.value = "";
  input.oninput = draw;
  input.onkeydown = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && shown.length) point((active + step + shown.length) % shown.length);
    else if (event.key === "Enter") run(shown[active]);
    else return;
    event.preventDefault();
  };
  dialog.onclick = (event) => event.target === dialog && dialog.close();
  draw();
  if (!dialog.open) openDialog(dialog);
  input.focus();
}

function row(entry, n, run) {
  return h(
    "li",
    { role: "option", id: `palette-${n}`, "aria-selected": "false", onclick: run },
    icon(entry.icon),
    h("span", { class: "suggested" }, entry.label),
    h("span", { class: "quiet" }, entry.hint),
  );
}

// All words must occur; what begins with them comes first.
function find(entries, typed) {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const text = (entry) => `${entry.label} ${entry.hint}`.toLowerCase();
  const fitting = entries.filter((entry) => words.every((word) => text(entry).includes(word)));
  const begins = (entry) => entry.label.toLowerCase().replace(/^[#/]/, "").startsWith(words[0] ?? "");
  return [...fitting.filter(begins), ...fitting.filter((entry) => !begins(entry))].slice(0, MOST);
}
