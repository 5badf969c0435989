// Asking a person for what an unusual action needs: one dialog, made of fields, usable by keyboard alone.
// Digits choose in the present list, Enter confirms, Esc closes. The browser keeps the focus inside.

import { part, show, write, writeOrHide } from "./dom.js";
import { makeField } from "./fields.js";

const dialog = document.getElementById("ask");
const form = part(dialog, "form");
const holder = part(dialog, "fields");

let fields = [];
let active = null;
let settle = null;
let send = null;

/** Whether the dialog is open, so that page shortcuts keep quiet. */
export function isAsking() {
  return dialog.open;
}

/**
 * Opens the dialog and resolves to `{ field name: value }`, or to `null` if the person thought better.
 * `spec`: `title`, `lead` (optional sentence), `confirm` (label), `fields` (see fields.js), and optionally
 * `send(values)`, which carries the answers out while the dialog stands open: it resolves to a sentence if
 * they were refused, and then nothing that was typed is lost.
 */
export function ask(spec) {
  if (dialog.open) return Promise.resolve(null);
  write(dialog, "title", spec.title);
  writeOrHide(dialog, "lead", spec.lead);
  write(dialog, "confirm-label", spec.confirm);
  send = spec.send ?? null;
  fields = spec.fields.map((field) => makeField(field, onAnswered));
  active = fields[0] ?? null;
  holder.replaceChildren(...fields.map((field) => field.element));
  clearFault();
  dialog.showModal();
  (firstUnanswered() ?? fields[0] ?? part(dialog, "confirm")).focus();
  return new Promise((resolve) => {
    settle = resolve;
  });
}

function firstUnanswered() {
  return fields.find((field) => field.required && !field.answered());
}

/** A list was answered: on to the next open question, or to the confirming button. */
function onAnswered(field) {
  active = field;
  clearFault();
  const next = firstUnanswered();
  if (next) {
    active = next;
    next.focus();
  } else {
    part(dialog, "confirm").focus();
  }
}

function clearFault() {
  writeOrHide(dialog, "fault", "");
}

function close(values) {
  const resolve = settle;
  settle = null;
  dialog.close();
  resolve?.(values);
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const missing = firstUnanswered();
  if (missing) {
    writeOrHide(dialog, "fault", missing.missingText);
    missing.focus();
    return;
  }
  const values = Object.fromEntries(fields.map((field) => [field.name, field.value()]));
  const refused = send && (await sent(values));
  if (refused) writeOrHide(dialog, "fault", refused);
  else close(values);
});

/** Sends the answers, once, however often the button is pressed. */
async function sent(values) {
  const button = part(dialog, "confirm");
  clearFault();
  button.disabled = true;
  const refused = await send(values);
  button.disabled = false;
  return refused;
}

dialog.addEventListener("cancel", (event) => {
  event.preventDefault();
  close(null);
});

part(dialog, "cancel").addEventListener("click", () => close(null));

holder.addEventListener("focusin", (event) => {
  active = fields.find((field) => field.element.contains(event.target)) ?? active;
});

dialog.addEventListener("keydown", (event) => {
  event.stopPropagation();
  const typing = event.target.matches("input:not([type=radio], [type=checkbox]), textarea, select");
  if (typing || event.ctrlKey || event.altKey || event.metaKey) return;
  if (/^[1-9]$/.test(event.key) && active?.chooseNth(Number(event.key) - 1)) event.preventDefault();
});

show(part(dialog, "fault"), false);
