// What this browser and this tab remember. A browser that keeps nothing still works, only without memory.

function area(kind) {
  try {
    const found = window[kind];
    found.getItem("rung");
    return found;
  } catch {
    const kept = new Map();
    return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
  }
}

const browser = area("localStorage");
const tab = area("sessionStorage");

function read(store, key, otherwise) {
  try {
    return JSON.parse(store.getItem(`rung.${key}`)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

function write(store, key, value) {
  try {
    store.setItem(`rung.${key}`, JSON.stringify(value));
  } catch {
    // full or forbidden: the page goes on without it
  }
}

/** Who this tab is: its own choice, else who this browser was last. */
export const whoAmI = () => read(tab, "me", null) ?? read(browser, "me", null);

export function remember(me) {
  write(tab, "me", me);
  write(browser, "me", me);
}

/** What this browser holds its names with, where the chat is open to other machines. */
export function secret() {
  let kept = read(browser, "secret", "");
  if (!kept) {
    kept = [...crypto.getRandomValues(new Uint8Array(24))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    write(browser, "secret", kept);
  }
  return kept;
}

/** How far a person has read each place. */
export const readMarks = (user) => read(browser, `read.${user}`, {});

export function markRead(user, place, entry) {
  const marks = readMarks(user);
  if ((marks[place] ?? 0) < entry) write(browser, `read.${user}`, { ...marks, [place]: entry });
}

/** Whether a person has done something here already, so that they need no tips any more. */
export const knowsTheWay = (user) => read(browser, `way.${user}`, false);
export const foundTheWay = (user) => write(browser, `way.${user}`, true);

/** What was typed and not sent: a line of a place, the inputs of a form. */
export const draft = (key) => read(tab, `draft.${key}`, null);
export const keepDraft = (key, value) => write(tab, `draft.${key}`, value);
