// The list above the message box: commands and options while one types, what each means, and what is wrong.

import { announce, h } from "./dom.js";
import { takes } from "./completion.js";

export class Suggestions {
  #items = [];
  #active = -1;
  #box;
  #take;

  /** `take(item)` puts a suggestion into the line. */
  constructor(input, id, take) {
    this.input = input;
    this.#take = take;
    this.list = h("ul", { role: "listbox", id: `${id}-list`, "aria-label": "Suggestions" });
    this.sign = h("p", { class: "signature" });
    this.wrong = h("p", { class: "problem", id: `${id}-problem` });
    this.keys = h("p", { class: "keys", "aria-hidden": "true" }, ...keyHelp());
    this.#box = h("div", { class: "suggestions", hidden: true }, this.sign, this.list, this.wrong, this.keys);
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.#clicked(event));
    input.setAttribute("aria-controls", this.list.id);
    input.setAttribute("aria-describedby", this.wrong.id);
  }

  get node() {
    return this.#box;
  }

  get shown() {
    return !this.#box.hidden;
  }

  get chosen() {
    return this.#items[this.#active] ?? null;
  }

  get first() {
    return this.#items[0] ?? null;
  }

  hide() {
    this.#box.hidden = true;
    this.#items = [];
    this.#point(-1);
  }

  /** Show what may come next, as `complete` found it. */
  show(state) {
    const before = this.#items.length;
    this.#items = state.items;
    this.wrong.textContent = "";
    this.sign.replaceChildren(...signature(state));
    this.list.replaceChildren(...state.items.map((item, n) => row(item, `${this.list.id}-${n}`)));
    this.list.hidden = this.keys.hidden = state.items.length === 0;
    this.#box.hidden = !state.items.length && !state.command;
    this.#point(state.active);
    if (state.items.length !== before && state.items.length) announce(`${state.items.length} suggestions`);
  }

  /** Say what is wrong with the line; an empty text takes it back. */
  problem(text) {
    this.wrong.textContent = text;
    this.input.toggleAttribute("aria-invalid", Boolean(text));
    if (text) this.#box.hidden = false;
    else if (!this.#items.length && !this.sign.childElementCount) this.#box.hidden = true;
  }

  move(step) {
    const count = this.#items.length;
    if (count) this.#point((this.#active + step + (this.#active < 0 && step < 0 ? 1 : 0) + count) % count);
  }

  #point(at) {
    this.list.children[this.#active]?.setAttribute("aria-selected", "false");
    this.#active = at;
    const node = this.list.children[at];
    node?.setAttribute("aria-selected", "true");
    node?.scrollIntoView({ block: "nearest" });
    if (node) this.input.setAttribute("aria-activedescendant", node.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  #clicked(event) {
    const node = event.target.closest("[role=option]");
    if (node) this.#take(this.#items[[...this.list.children].indexOf(node)]);
  }
}

function row(item, id) {
  return h(
    "li",
    { role: "option", id, "aria-selected": "false" },
    h("span", { class: "suggested" }, item.label),
    item.hint && h("span", { class: "quiet" }, item.hint),
  );
}

function signature({ command, option }) {
  if (!command) return [];
  const about = option ? [option.help, takes(option)].filter(Boolean).join(": ") : command.summary;
  return [h("code", {}, command.text), option && h("span", { class: "option" }, option.name), h("span", {}, about)].filter(Boolean);
}

function keyHelp() {
  const pairs = [["↑↓", "choose"], ["Tab", "take"], ["Enter", "send"], ["Esc", "close"]];
  return pairs.map(([key, does]) => h("span", {}, h("kbd", {}, key), ` ${does}`));
}
