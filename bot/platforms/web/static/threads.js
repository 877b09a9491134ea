// The panel beside the messages: one thread, its first message, and a message box of its own.

import { $, h } from "./dom.js";
import { Composer } from "./composer.js";
import { entryNode } from "./entries.js";
import { Feed } from "./feed.js";
import { listenToClicks } from "./clicks.js";
import { complain } from "./toasts.js";

export class ThreadPanel {
  place = "";
  #app;

  constructor(acts, app) {
    this.#app = app;
    this.root = $("#thread");
    this.feed = new Feed($("#thread-feed"), { older: (before) => this.#ask(before).catch(complain) }, { tools: false });
    this.composer = new Composer($("#thread-composer"), "thread-line", acts);
    $("#close-thread").addEventListener("click", () => this.close());
  }

  /** Show a thread and take the focus there. */
  async open(place) {
    const before = document.activeElement;
    this.place = place;
    try {
      await this.#load();
    } catch (error) {
      this.place = "";
      complain(error);
      return;
    }
    this.before = before;
    history.replaceState(null, "", `#${place}`);
    this.composer.focus();
  }

  /** Show it again after the connection came back. */
  reload() {
    if (this.place) this.#load(true).catch(complain);
  }

  close() {
    if (!this.place) return;
    const [parent] = this.place.split("/");
    this.place = "";
    this.root.hidden = true;
    document.body.classList.remove("with-thread");
    history.replaceState(null, "", `#${parent}`);
    if (this.before?.isConnected) this.before.focus({ preventScroll: true });
    else this.#app.composer.focus();
  }

  put(entry, mine) {
    $(".nobody", this.root)?.remove();
    this.feed.put(entry, mine);
  }

  async #load(stay = false) {
    const place = this.place;
    this.feed.expect();
    const found = await this.#ask();
    if (this.place !== place) return;
    this.root.hidden = false;
    document.body.classList.add("with-thread");
    $("#thread-title").textContent = found.root.thread?.title ?? "";
    const first = h("ol", { class: "entries first" }, entryNode({ ...found.root, thread: null }, { tools: false }));
    const nobody = h("p", { class: "nobody" }, "Nobody has answered yet.");
    this.feed.top.replaceChildren(first, ...(found.entries.length ? [] : [nobody]));
    this.feed.show(found, { stay });
    if (!stay) this.composer.open(place, "Answer in the thread");
  }

  #ask(before = 0) {
    return this.#app.socket.request("open", { place: this.place, before });
  }
}
