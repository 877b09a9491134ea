// Dialogs: who one is, and forms. The browser keeps the focus inside and brings it back.

import { $, $$, fragment, h, isPhone } from "./dom.js";
import { Refused } from "./socket.js";
import { draft, keepDraft } from "./storage.js";

/** Open a dialog; the page behind it waits, and the focus comes back to where it was. */
export function openDialog(dialog) {
  const before = document.activeElement;
  const home = isPhone() ? null : $("#line");
  dialog.showModal();
  const back = () => (before?.isConnected && before !== document.body ? before : home)?.focus({ preventScroll: true });
  dialog.addEventListener("close", back, { once: true });
}

/** Ask who somebody is; `join({ name, organiser })` answers with the words of what is wrong, or "". */
export function askName({ greeting, me, join, first, wrong = "" }) {
  const dialog = $("#names");
  const input = $("#names-input");
  const problem = $("#names-problem");
  const organiser = $("#names-organiser");
  const say = (words) => {
    problem.textContent = words;
    problem.hidden = !words;
    input.toggleAttribute("aria-invalid", Boolean(words));
    if (words) input.focus();
  };
  const enter = async (name) => {
    const refused = await join({ name, organiser: organiser.checked && greeting.own_machine });
    if (refused) say(refused);
    else dialog.close();
  };
  $("#names-about").textContent = greeting.own_machine
    ? "Rung keeps leads and progress for each person. On this computer any name will do; open another tab to be two people at once."
    : "Rung keeps leads and progress for each person. A name belongs to the browser that takes it first.";
  $("#names-organiser-row").hidden = !greeting.own_machine;
  organiser.checked = me?.organiser ?? true;
  input.value = me?.name ?? "";
  $("#names-chips").replaceChildren(
    ...greeting.suggestions.map((name) => h("button", { type: "button", class: "chip", onclick: () => enter(name) }, name)),
  );
  $("#names-cancel").hidden = first;
  $("#names-cancel").onclick = () => dialog.close();
  dialog.oncancel = (event) => first && event.preventDefault();
  $("form", dialog).onsubmit = (event) => {
    event.preventDefault();
    enter(input.value);
  };
  if (!dialog.open) openDialog(dialog);
  input.focus();
  input.select();
  say(wrong);
}

/** Show a form that Rung sent; `submit(state, values)` sends it back. What was typed survives a slip of the finger. */
export function openForm(html, submit) {
  const dialog = $("#form");
  dialog.replaceChildren(fragment(html));
  const form = $("form", dialog);
  const key = `form.${form.dataset.token}`;
  refill(form, draft(key));
  form.addEventListener("input", () => keepDraft(key, valuesOf(form)));
  for (const button of $$("[data-close]", form)) button.addEventListener("click", () => dialog.close());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (form.getAttribute("aria-busy") === "true") return;
    form.setAttribute("aria-busy", "true");
    try {
      const wrong = await submit(form.dataset.state, valuesOf(form));
      showWrong(form, wrong);
      if (!wrong) {
        keepDraft(key, null);
        dialog.close();
      }
    } catch (error) {
      showWrong(form, { wrong: {}, problem: error.message });
      if (!(error instanceof Refused)) keepDraft(key, valuesOf(form));
    } finally {
      form.removeAttribute("aria-busy");
    }
  });
  if (!dialog.open) openDialog(dialog);
  $("input, textarea, select", form)?.focus();
}

const fieldsOf = (form) => $$("input, textarea, select", form);

const valuesOf = (form) => Object.fromEntries(fieldsOf(form).map((field) => [field.name, field.value]));

function refill(form, values) {
  if (!values) return;
  for (const field of fieldsOf(form)) {
    const value = values[field.name];
    if (value === undefined) continue;
    if (field.tagName !== "SELECT" || [...field.options].some((o) => o.value === value)) field.value = value;
  }
}

function showWrong(form, found) {
  for (const field of fieldsOf(form)) {
    const words = found?.wrong?.[field.name] ?? "";
    const place = $(`#${CSS.escape(field.id)}-problem`, form);
    place.textContent = words;
    place.hidden = !words;
    field.toggleAttribute("aria-invalid", Boolean(words));
  }
  const problem = $("[data-problem]", form);
  const count = Object.keys(found?.wrong ?? {}).length;
  problem.textContent = found?.problem ?? (count > 1 ? "Some inputs need another look." : "");
  problem.hidden = !problem.textContent;
  $("[aria-invalid]", form)?.focus();
}
