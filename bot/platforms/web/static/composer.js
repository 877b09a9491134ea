// The message box: it grows with the text, completes commands, sends with Enter, and never loses a line.

import { h, icon } from "./dom.js";
import { complete, valueItems } from "./completion.js";
import { Suggestions } from "./suggestions.js";
import { Refused } from "./socket.js";
import { draft, keepDraft } from "./storage.js";
import { complain } from "./toasts.js";

const PAUSE_MS = 250;

export class Composer {
  #sent = [];
  #recalled = 0;
  #place = "";
  #asked = 0;
  #timer = 0;
  #acts;

  /** acts: commands(), send(place, text), suggest(place, ask), check(text). */
  constructor(root, id, acts) {
    this.#acts = acts;
    this.input = h("textarea", {
      id, rows: 1, autocomplete: "off", spellcheck: "true", enterkeyhint: "send", maxlength: 4000,
      "aria-autocomplete": "list", "aria-haspopup": "listbox",
    });
    this.suggestions = new Suggestions(this.input, id, (item) => this.#take(item));
    this.sendButton = h("button", { type: "submit", class: "send", "aria-label": "Send", disabled: true }, icon("send"));
    const slash = h(
      "button",
      { type: "button", class: "bare", "aria-label": "Commands", title: "Commands", onclick: () => this.fill("/") },
      icon("slash"),
    );
    const form = h("form", { class: "composer-box" }, slash, this.input, this.sendButton);
    form.addEventListener("submit", (event) => (event.preventDefault(), this.#send()));
    root.replaceChildren(this.suggestions.node, form, hints());
    this.input.addEventListener("input", () => this.#changed());
    this.input.addEventListener("click", () => this.#complete());
    this.input.addEventListener("keydown", (event) => this.#key(event));
    this.input.addEventListener("blur", () => setTimeout(() => this.#left(), 150));
  }

  /** Write to another place; what was begun there before comes back. */
  open(place, words) {
    this.#place = place;
    this.input.placeholder = place.includes("/") ? words : `${words}, or / for commands`;
    this.input.setAttribute("aria-label", words);
    this.input.value = draft(place) ?? "";
    this.suggestions.hide();
    this.suggestions.problem("");
    this.#fit();
  }

  focus() {
    this.input.focus({ preventScroll: true });
  }

  /** Put a line into the box, ready to be changed or sent. */
  fill(text) {
    this.input.value = text;
    this.focus();
    this.input.setSelectionRange(text.length, text.length);
    this.#changed();
  }

  #changed() {
    this.#recalled = 0;
    keepDraft(this.#place, this.input.value);
    this.#fit();
    this.#complete();
  }

  #fit() {
    this.input.style.height = "auto";
    this.input.style.height = `${this.input.scrollHeight}px`;
    this.sendButton.disabled = !this.input.value.trim();
  }

  async #complete() {
    clearTimeout(this.#timer);
    const line = this.input.value;
    const atEnd = this.input.selectionStart === line.length;
    const state = atEnd ? complete(line, this.#acts.commands()) : null;
    this.suggestions.problem("");
    if (!state) {
      this.suggestions.hide();
      return;
    }
    this.state = state;
    this.suggestions.show(state);
    const asked = ++this.#asked;
    if (state.ask) await this.#ask(state, asked);
    else if (!state.half) this.#timer = setTimeout(() => this.#check(line, asked), PAUSE_MS);
  }

  async #ask(state, asked) {
    const choices = await this.#acts.suggest(this.#place, state.ask);
    if (asked !== this.#asked) return;
    this.state = { ...state, ...valueItems(choices, state.ask.typed, state.ask.prefix) };
    this.suggestions.show(this.state);
  }

  async #check(line, asked) {
    const problem = await this.#acts.check(line);
    if (asked === this.#asked) this.suggestions.problem(problem);
  }

  #take(item) {
    const line = this.input.value.slice(0, this.state.from) + item.insert;
    this.fill(line);
  }

  #key(event) {
    if (event.isComposing) return;
    const list = this.suggestions;
    const plainKey = !event.shiftKey && !event.altKey && !event.ctrlKey && !event.metaKey;
    if (list.shown && list.first && ["ArrowDown", "ArrowUp"].includes(event.key)) list.move(event.key === "ArrowDown" ? 1 : -1);
    else if (list.shown && list.first && event.key === "Tab" && plainKey) this.#take(list.chosen ?? list.first);
    else if (list.shown && event.key === "Escape") list.hide();
    else if (event.key === "Enter" && plainKey) list.shown && list.chosen ? this.#take(list.chosen) : this.#send();
    else if (event.key === "ArrowUp" && (!this.input.value || this.#recalled) && this.#sent.length) this.#recall(1);
    else if (event.key === "ArrowDown" && this.#recalled) this.#recall(-1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #recall(step) {
    const at = Math.max(0, Math.min(this.#sent.length, this.#recalled + step));
    this.fill(at ? this.#sent.at(-at) : "");
    this.suggestions.hide();
    this.#recalled = at;
  }

  async #send() {
    const text = this.input.value.trim();
    if (!text) return;
    const place = this.#place;
    this.#clear();
    try {
      await this.#acts.send(place, text);
      this.#sent.push(text);
    } catch (error) {
      // What was typed comes back with what is wrong, unless something else was begun meanwhile.
      if (place === this.#place && !this.input.value) {
        this.fill(text);
        this.#asked++;
        clearTimeout(this.#timer);
        if (error instanceof Refused) this.suggestions.problem(error.message);
      }
      if (!(error instanceof Refused) || !text.startsWith("/")) complain(error);
    }
  }

  #clear() {
    clearTimeout(this.#timer);
    this.#asked++;
    this.input.value = "";
    keepDraft(this.#place, "");
    this.suggestions.hide();
    this.suggestions.problem("");
    this.#fit();
  }

  #left() {
    if (document.activeElement !== this.input && !this.suggestions.wrong.textContent) this.suggestions.hide();
  }
}

function hints() {
  const pairs = [["Enter", "send"], ["Shift Enter", "new line"], ["/", "commands"]];
  return h("p", { class: "hints only-wide", "aria-hidden": "true" }, ...pairs.map(([key, does]) => h("span", {}, h("kbd", {}, key), ` ${does}`)));
}
