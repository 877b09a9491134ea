// What a place says to somebody who sees it for the first time.

import { h, icon } from "./dom.js";
import { shownName } from "./sidebar.js";

/** Return the greeting of a place; once there are messages, a short line with the same examples. */
export function welcomeNode(place, empty) {
  return empty ? greeting(place) : beginning(place);
}

function greeting(place) {
  return h(
    "section",
    { class: "welcome", "aria-labelledby": "welcome-title" },
    h("img", { src: "/static/mark.svg", alt: "", width: 56, height: 56 }),
    h("h2", { id: "welcome-title" }, place.title),
    h("p", { class: "about" }, place.about),
    place.examples.length > 0 && h("h3", {}, "Try one"),
    h("ul", { class: "examples" }, place.examples.map((example) => h("li", {}, exampleButton(example)))),
    h("p", { class: "quiet" }, ending(place), h("kbd", {}, "/"), " shows all commands as you type."),
  );
}

/** Show tips above the message box to somebody who has done nothing yet in a place that is full already. */
export function drawTips(root, place, shown, close) {
  root.hidden = !shown;
  if (!shown) return;
  root.replaceChildren(
    h("p", {}, h("strong", {}, "New here?"), " Try one of these, or type ", h("kbd", {}, "/"), "."),
    h("p", { class: "chips" }, place.examples.map(exampleChip)),
    h("button", { type: "button", class: "bare", "aria-label": "Close the tips", onclick: close }, icon("close")),
  );
}

function exampleChip({ line, does }) {
  return h("button", { type: "button", class: "chip", title: does, data: { run: line } }, h("code", {}, line));
}

function exampleButton({ line, does }) {
  return h(
    "button",
    { type: "button", class: "example", data: { run: line } },
    h("span", { class: "example-words" }, h("code", {}, line), h("span", {}, does)),
    icon("next"),
  );
}

function ending(place) {
  return place.direct ? "Or ask with a message. " : "Or write a message: everybody here reads it. ";
}

function beginning(place) {
  return h(
    "section",
    { class: "beginning", "aria-label": "The beginning" },
    h("p", {}, h("strong", {}, `This is the beginning of ${shownName(place)}.`), ` ${place.topic}.`),
    h("p", { class: "chips" }, place.examples.map(exampleChip)),
  );
}
