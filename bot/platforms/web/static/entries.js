// A message as the page shows it. What Rung says comes as HTML; the frame round it is made here.

import { avatar, fragment, h, icon } from "./dom.js";
import { ago, timeOf, wholeTime } from "./times.js";

/** Return a message of the list. */
export function entryNode(entry, { tools = true } = {}) {
  const kind = ["entry", entry.author ? "member" : "rung", entry.private ? "private" : ""].join(" ").trim();
  return h(
    "li",
    { class: kind, data: { id: entry.id } },
    entry.asked && asked(entry.asked),
    h("div", { class: "entry-face" }, avatar({ user: entry.author, name: entry.name, hue: entry.hue }), stamp(entry)),
    h("div", { class: "entry-body" }, head(entry), content(entry), foot(entry)),
    tools && !entry.thread && !entry.private ? threadTool() : null,
  );
}

/** Return an answer that stands right under the button that was clicked. */
export function answerNode(entry) {
  return h("div", { class: "answer", data: { id: entry.id } }, onlyYou(), content(entry), foot(entry));
}

function head(entry) {
  return h(
    "p",
    { class: "entry-head" },
    h("strong", {}, entry.name),
    entry.author ? null : h("span", { class: "tag" }, "bot"),
    stamp(entry),
    entry.private && !entry.author ? onlyYou() : null,
  );
}

function stamp(entry) {
  const at = new Date(entry.at);
  return h("time", { datetime: entry.at, title: wholeTime(at) }, timeOf(at));
}

function content(entry) {
  const node = h("div", { class: "content" });
  node.append(fragment(entry.html));
  for (const mention of node.querySelectorAll(".mention[data-user]")) {
    mention.classList.toggle("mine", mention.dataset.user === document.body.dataset.me);
  }
  return node;
}

function foot(entry) {
  return h(
    "div",
    { class: "entry-foot" },
    entry.edited && entry.delivered && h("span", { class: "quiet" }, "edited"),
    entry.thread && threadChip(entry.thread),
  );
}

function onlyYou() {
  return h(
    "span",
    { class: "only-you" },
    h("span", {}, icon("hidden"), "Only you see this"),
    h("button", { type: "button", class: "link", data: { dismiss: "" } }, "Dismiss"),
  );
}

/** Return the way into the thread under a message. */
export function threadChip(thread) {
  const count = thread.replies === 1 ? "1 reply" : `${thread.replies} replies`;
  return h(
    "button",
    { type: "button", class: "thread-chip", data: { thread: thread.place } },
    icon("thread"),
    h("strong", {}, thread.replies ? count : "Open the thread"),
    h("span", { class: "quiet" }, thread.last ? `last ${ago(new Date(thread.last))}` : thread.title),
  );
}

function threadTool() {
  return h(
    "button",
    { type: "button", class: "bare entry-tool", data: { answer: "" }, "aria-label": "Answer in a thread", title: "Answer in a thread" },
    icon("thread"),
  );
}

function asked({ name, line }) {
  const words = line.startsWith("/") ? h("code", {}, line) : h("span", {}, `“${line}”`);
  return h("p", { class: "asked" }, icon("answer"), h("strong", {}, name), line.startsWith("/") ? "used" : "clicked", words);
}

/** Return the line between two days. */
export const dayNode = (words) => h("li", { class: "day" }, h("span", {}, words));
