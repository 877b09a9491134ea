// The places on the left, what is new in them, and who is here.

import { $, avatar, h, icon, isPhone } from "./dom.js";

/** Draw the places. `current` is the one that is open; `acts.open(place)` opens another. */
export function drawPlaces(places, current, acts) {
  for (const [root, direct] of [["#channels", false], ["#direct", true]]) {
    const shown = [...places.values()].filter((place) => place.direct === direct);
    $(root).replaceChildren(...shown.map((place) => h("li", {}, placeLink(place, place.id === current, acts))));
  }
  const others = [...places.values()].filter((place) => place.id !== current);
  const unread = others.reduce((sum, place) => sum + place.unread, 0);
  document.title = `${unread ? `(${unread}) ` : ""}${current ? shownName(places.get(current)) : "Chat"} · Rung`;
  $("#open-side").classList.toggle("has-unread", others.some(isUnread));
}

export const shownName = (place) => (place.direct ? place.name : `#${place.name}`);

const isUnread = (place) => place.fresh || place.unread > 0;

// How many came is known only of those that came while one was here; before that, only that there are some.
function badge(place) {
  if (place.fresh) return h("span", { class: "badge dot" }, h("span", { class: "hidden" }, "unread"));
  return h("span", { class: "badge" }, place.unread > 99 ? "99+" : `${place.unread}`, h("span", { class: "hidden" }, " unread"));
}

function placeLink(place, open, acts) {
  const marked = isUnread(place) && !open;
  return h(
    "a",
    {
      href: `#${place.id}`,
      class: `place${marked ? " unread" : ""}`,
      "aria-current": open ? "page" : null,
      onclick: (event) => (event.preventDefault(), acts.open(place.id)),
    },
    icon(place.direct ? "direct" : "hash"),
    h("span", { class: "place-name" }, place.name),
    marked && badge(place),
  );
}

/** Draw who is here, in the list and above the messages. */
export function drawPeople(people, me) {
  const rows = people.map((person) =>
    h(
      "li",
      {},
      avatar(person, "small"),
      h("span", { class: "place-name" }, person.name),
      person.user === me && h("span", { class: "quiet" }, "you"),
    ),
  );
  $("#people").replaceChildren(...rows);
  const others = people.filter((person) => person.user !== me);
  const more = others.length > 4 ? [h("span", { class: "avatar small more" }, `+${others.length - 4}`)] : [];
  $("#faces").replaceChildren(...others.slice(0, 4).map((person) => avatar(person, "small")), ...more);
}

/** Draw who this tab is, with what belongs to oneself. */
export function drawYou(me, acts) {
  const themeButton = h("button", { type: "button", class: "bare", id: "theme" });
  const draw = () => {
    const dark = window.rungTheme.dark();
    themeButton.replaceChildren(icon(dark ? "sun" : "moon"));
    themeButton.setAttribute("aria-label", dark ? "Light colours" : "Dark colours");
    themeButton.title = dark ? "Light colours" : "Dark colours";
  };
  themeButton.addEventListener("click", () => (window.rungTheme.toggle(), draw()));
  draw();
  $("#you").replaceChildren(
    h(
      "button",
      { type: "button", class: "you-name", id: "rename", "aria-label": `You are ${me.name}. Be somebody else`, title: "Be somebody else", onclick: acts.rename },
      avatar(me),
      h("span", {}, h("strong", {}, me.name), h("small", {}, me.organiser ? "Organiser" : "Member")),
    ),
    themeButton,
  );
}

/** On a phone the places stand in a drawer. */
export function setUpDrawer() {
  const side = $("#side");
  const opener = $("#open-side");
  const set = (open, focus = true) => {
    side.classList.toggle("open", open);
    side.inert = isPhone() && !open;
    $("#scrim").hidden = !open;
    $("#main").inert = open;
    opener.setAttribute("aria-expanded", String(open));
    if (focus) (open ? $("[aria-current]", side) ?? $("#close-side") : opener).focus();
  };
  opener.addEventListener("click", () => set(true));
  $("#close-side").addEventListener("click", () => set(false));
  $("#scrim").addEventListener("click", () => set(false));
  side.addEventListener("keydown", (event) => event.key === "Escape" && side.classList.contains("open") && set(false));
  matchMedia("(max-width: 760px)").addEventListener("change", () => set(false, false));
  set(false, false);
  return { close: () => side.classList.contains("open") && set(false, false) };
}
