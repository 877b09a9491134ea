// The messages of a place, in order: days, groups of one speaker, answers under their buttons, and where one reads.

import { $, $$, h, icon } from "./dom.js";
import { answerNode, dayNode, entryNode, threadChip } from "./entries.js";
import { dayKey, dayOf } from "./times.js";

const GROUP_MS = 5 * 60_000;
const NEAR = 120;
const MOST = 400;
const KEPT = 250;

export class Feed {
  #entries = new Map();
  #held = null;
  #list = h("ol", { class: "entries" });
  #root;
  #acts;
  #tools;

  /** acts.older(before) fetches earlier messages; `tools` offers threads. */
  constructor(root, acts, { tools = true } = {}) {
    this.#root = root;
    this.#acts = acts;
    this.#tools = tools;
    this.more = h("button", { type: "button", class: "button older", hidden: true, onclick: () => this.#older() }, "Earlier messages");
    this.top = h("div", { class: "feed-top" });
    this.working = h("p", { class: "working", role: "status", hidden: true }, h("span", { class: "dots" }), "Rung is working on it …");
    this.latest = h("button", { type: "button", class: "latest", hidden: true, onclick: () => this.toEnd() }, icon("latest"), "New messages");
    root.replaceChildren(h("div", { class: "column" }, this.more, this.top, this.#list, this.working, this.latest));
    root.addEventListener("scroll", () => this.nearEnd && (this.latest.hidden = true), { passive: true });
    // The message box under the feed stands exactly under its column, whatever width the scroll bar has.
    const measure = () => root.parentElement.style.setProperty("--gutter", `${(root.offsetWidth - root.clientWidth) / 2}px`);
    new ResizeObserver(measure).observe(root);
    // Pictures grow after they were inserted, and a long line makes the box higher: whoever reads the end stays there.
    this.pinned = true;
    root.addEventListener("scroll", () => (this.pinned = this.nearEnd), { passive: true });
    const stay = new ResizeObserver(() => this.pinned && this.toEnd());
    for (const grows of [this.#list, root]) stay.observe(grows);
    new IntersectionObserver(([seen]) => seen.isIntersecting && !this.more.hidden && this.#older(), { root }).observe(this.more);
  }

  get empty() {
    return this.#entries.size === 0;
  }

  get newest() {
    return Math.max(0, ...this.#entries.keys());
  }

  get nearEnd() {
    return this.#root.scrollHeight - this.#root.scrollTop - this.#root.clientHeight < NEAR;
  }

  has(id) {
    return this.#entries.has(id);
  }

  entry(id) {
    return this.#entries.get(id);
  }

  toEnd() {
    this.#root.scrollTop = this.#root.scrollHeight;
    this.latest.hidden = true;
    this.pinned = true;
  }

  /** A place is being fetched: what comes meanwhile may be newer than the answer, and is shown after it again. */
  expect() {
    this.#held = [];
  }

  /** Show a place from its end; after a reconnection, from where one was. */
  show({ entries, more }, { stay = false } = {}) {
    const kept = this.#root.scrollTop;
    const end = this.pinned;
    this.#entries.clear();
    this.#list.replaceChildren();
    this.#setMore(more);
    for (const entry of entries) this.#place(entry);
    this.#arrange();
    if (stay && !end) this.#root.scrollTop = kept;
    else this.toEnd();
    const held = this.#held ?? [];
    this.#held = null;
    for (const entry of held) this.put(entry);
  }

  /** Add a message or put its newer version in its place; `mine` when it answers what this person just did. */
  put(entry, mine = false) {
    this.#held?.push(entry);
    const known = this.#entries.has(entry.id);
    const stick = this.nearEnd;
    const node = known ? this.#replace(entry) : this.#place(entry);
    this.#arrange();
    if (known || !node) return;
    if (stick && this.#entries.size > MOST) this.#forget();
    if (node.classList.contains("answer")) mine && node.scrollIntoView({ block: "nearest" });
    else if (mine || stick) this.#toStartOf(node);
    else this.latest.hidden = false;
  }

  remove(id) {
    this.#entries.delete(id);
    const node = this.#node(id);
    const focused = node?.contains(document.activeElement);
    node?.remove();
    this.#arrange();
    if (focused) this.#root.focus();
  }

  setThread(id, thread) {
    const entry = this.#entries.get(id);
    const foot = $(":scope > .entry-body > .entry-foot", this.#node(id) ?? document.createElement("p"));
    if (!entry || !foot) return;
    entry.thread = thread;
    $(".thread-chip", foot)?.remove();
    foot.prepend(threadChip(thread));
    $(":scope > .entry-tool", this.#node(id))?.remove();
  }

  #node(id) {
    return $(`[data-id="${id}"]`, this.#list);
  }

  #place(entry) {
    this.#entries.set(entry.id, entry);
    const spot = this.#spot(entry);
    if (spot === null) return null;
    const node = spot ? answerNode(entry) : entryNode(entry, { tools: this.#tools });
    if (spot) {
      // The newest answer of a card takes the place of the one before.
      if (spot.nextElementSibling?.classList.contains("answer")) spot.nextElementSibling.remove();
      spot.after(node);
    } else {
      const next = $$(":scope > [data-id]", this.#list).find((other) => Number(other.dataset.id) > entry.id);
      next ? next.before(node) : this.#list.append(node);
    }
    return node;
  }

  // The card under which an answer stands; undefined when it stands in the list, null when its button is gone.
  #spot(entry) {
    if (!entry.beneath || !this.#entries.has(entry.beneath.message)) return undefined;
    const button = this.#node(entry.beneath.message)?.querySelector(`[data-token="${CSS.escape(entry.beneath.token)}"]`);
    return button?.closest(".card") ?? null;
  }

  #replace(entry) {
    const old = this.#node(entry.id);
    this.#entries.set(entry.id, entry);
    if (!old) return null;
    const held = document.activeElement?.closest("[data-token]")?.dataset.token;
    const focused = old.contains(document.activeElement);
    const node = old.classList.contains("answer") ? answerNode(entry) : entryNode(entry, { tools: this.#tools });
    old.replaceWith(node);
    node.classList.add("changed");
    for (const other of [...this.#entries.values()]) if (other.beneath?.message === entry.id) this.#place(other);
    if (focused) ($(`[data-token="${CSS.escape(held ?? "")}"]`, node) ?? $("[data-token] button, [data-token]", node) ?? this.#root).focus();
    return node;
  }

  #arrange() {
    for (const day of $$(":scope > .day", this.#list)) day.remove();
    let before = null;
    for (const node of $$(":scope > [data-id]", this.#list)) {
      const entry = this.#entries.get(Number(node.dataset.id));
      const at = new Date(entry.at);
      const sameDay = before && dayKey(new Date(before.at)) === dayKey(at);
      if (!sameDay) node.before(dayNode(dayOf(at)));
      const joined = sameDay && before.author === entry.author && before.private === entry.private;
      node.classList.toggle("grouped", Boolean(joined && !entry.asked && at - new Date(before.at) < GROUP_MS));
      before = entry;
    }
  }

  #toStartOf(node) {
    const over = node.offsetHeight - this.#root.clientHeight + 24;
    if (over <= 0) {
      this.toEnd();
      return;
    }
    // Longer than the window: one reads it from its beginning.
    this.pinned = false;
    this.#root.scrollTop = node.offsetTop - 12;
  }

  // A page that stays open for weeks keeps what is near; the rest is fetched again when it is wanted.
  #forget() {
    const oldest = [...this.#entries.keys()].sort((a, b) => a - b).slice(0, this.#entries.size - KEPT);
    for (const id of oldest) {
      this.#node(id)?.remove();
      this.#entries.delete(id);
    }
    this.#setMore(true);
    this.#arrange();
  }

  #setMore(more) {
    this.more.hidden = !more;
    this.top.hidden = more;
  }

  async #older() {
    const before = Math.min(...this.#entries.keys());
    this.more.disabled = true;
    const found = await this.#acts.older(before);
    this.more.disabled = false;
    if (!found) return;
    const height = this.#root.scrollHeight;
    for (const entry of found.entries) this.#place(entry);
    this.#arrange();
    this.#setMore(found.more);
    this.#root.scrollTop += this.#root.scrollHeight - height;
  }
}
