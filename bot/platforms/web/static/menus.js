// Menus of cards: a button that opens a list; arrows, Home, End, letters, Enter and Esc as everywhere.

import { $, $$ } from "./dom.js";

let open = null;

/** Open or close a menu (the element round its button and its list). */
export function toggleMenu(menu) {
  if (open === menu) closeMenu();
  else showMenu(menu);
}

export function closeMenu({ focus = true } = {}) {
  if (!open) return;
  const opener = $(".menu-opener", open);
  $(".menu-items", open).hidden = true;
  opener.setAttribute("aria-expanded", "false");
  open = null;
  if (focus) opener.focus();
}

function showMenu(menu) {
  closeMenu({ focus: false });
  const list = $(".menu-items", menu);
  const opener = $(".menu-opener", menu);
  open = menu;
  list.hidden = false;
  opener.setAttribute("aria-expanded", "true");
  const place = opener.getBoundingClientRect();
  const room = (menu.closest(".feed") ?? document.documentElement).getBoundingClientRect();
  const [over, under] = [place.top - room.top, room.bottom - place.bottom];
  menu.classList.toggle("upward", under < Math.min(list.scrollHeight, 320) + 16 && over > under);
  $("button", list)?.focus();
}

document.addEventListener("click", (event) => {
  if (open && !open.contains(event.target)) closeMenu({ focus: false });
});

document.addEventListener("keydown", (event) => {
  if (!open) return;
  const items = $$(".menu-items button", open);
  const at = items.indexOf(document.activeElement);
  const to = {
    ArrowDown: (at + 1) % items.length,
    ArrowUp: (at - 1 + items.length) % items.length,
    Home: 0,
    End: items.length - 1,
  }[event.key];
  if (event.key === "Escape") closeMenu();
  else if (event.key === "Tab") closeMenu({ focus: false });
  else if (to !== undefined) items[to]?.focus();
  else if (event.key.length === 1 && /\S/.test(event.key)) byLetter(items, at, event.key);
  if (event.key === "Escape" || to !== undefined) {
    event.preventDefault();
    event.stopPropagation();
  }
}, true);

function byLetter(items, at, letter) {
  const after = [...items.slice(at + 1), ...items.slice(0, at + 1)];
  after.find((item) => item.textContent.trim().toLowerCase().startsWith(letter.toLowerCase()))?.focus();
}
