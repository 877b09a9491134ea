// Elements without markup in strings, and the one place where the server's HTML comes into the page.

export const $ = (selector, root = document) => root.querySelector(selector);
export const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

// Everything that the server sends as HTML was escaped there (render.py); nothing else may pass through here.
const policy = window.trustedTypes?.createPolicy("rung", { createHTML: (html) => html }) ?? { createHTML: (html) => html };

/** Return the server's HTML as nodes. */
export function fragment(html) {
  const template = document.createElement("template");
  template.innerHTML = policy.createHTML(html);
  return template.content;
}

/** Make an element: h("button", { class: "bare", onclick: close, "aria-label": "Close" }, icon("close")). */
export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "data") Object.assign(node.dataset, value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

const SVG = "http://www.w3.org/2000/svg";

/** Return one of our icons; it says nothing to a screen reader. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.append(use);
  return svg;
}

/** Return a person's picture: their initials on a colour of their own. Rung has its mark. */
export function avatar(person, size = "") {
  if (!person.user) return h("img", { class: `avatar ${size}`, src: "/static/mark.svg", alt: "" });
  return h("span", { class: `avatar hue-${person.hue} ${size}`, "aria-hidden": "true" }, initials(person.name));
}

function initials(name) {
  const words = name.split(/[\s.-]+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words;
  return letters.map((word) => [...word][0]).join("").toUpperCase() || "?";
}

/** Say something to a screen reader. */
export function announce(words) {
  const live = $("#live");
  live.textContent = "";
  requestAnimationFrame(() => (live.textContent = words));
}

export const isPhone = () => matchMedia("(max-width: 760px)").matches;
export const isApple = /Mac|iPhone|iPad/.test(navigator.platform);
