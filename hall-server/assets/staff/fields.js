// The fields a dialog is made of: a list to choose from, a row of alternatives, a line of text, a switch.
// Every field answers: name, element, required, answered(), value(), focus(), chooseNth(n), missingText.

import { copy, part, show, write, writeOrHide } from "./dom.js";
import { word } from "./words.js";

/** A list up to this long is chosen from by digits, a longer one is narrowed by typing. */
const DIGITS = 9;

let made = 0;

/** Makes a field from its description; `onAnswered(field)` is told when a list was answered. */
export function makeField(spec, onAnswered) {
  switch (spec.kind) {
    case "list":
    case "row":
      return choiceField(spec, onAnswered);
    case "switch":
      return switchField(spec);
    default:
      return textField(spec);
  }
}

/**
 * One of several: `options` are `{ value, label, hint?, search? }`; `value` is the one chosen before;
 * `optional` if none need be chosen.
 */
function choiceField(spec, onAnswered) {
  const element = copy(spec.kind === "row" ? "ask-row" : "ask-list");
  const group = `ask-${(made += 1)}`;
  write(element, "legend", spec.label);
  const rows = spec.options.map((option, index) => choiceRow(group, option, index, spec));
  part(element, "options").append(...rows.map((row) => row.element));
  writeOrHide(element, "empty", spec.options.length === 0 ? spec.empty : "");
  const visible = () => rows.filter((row) => !row.element.hidden);
  const chosen = () => rows.find((row) => row.radio.checked);
  const field = {
    name: spec.name,
    element,
    required: !spec.optional,
    missingText: word("staff-ask-missing", { field: spec.label }),
    answered: () => Boolean(chosen()),
    value: () => chosen()?.option.value ?? null,
    focus: () => focusChoice(element, chosen() ?? visible()[0]),
    chooseNth: (index) => rows.length <= DIGITS && choose(rows[index]),
  };
  function choose(row) {
    if (!row) return false;
    row.radio.checked = true;
    onAnswered(field);
    return true;
  }
  // A click answers; the arrow keys only wander, so they must not move on to the next field.
  for (const row of rows) row.element.addEventListener("click", (event) => event.detail > 0 && choose(row));
  wireFilter(element, rows, visible, choose);
  return field;
}

function choiceRow(group, option, index, spec) {
  const element = copy(spec.kind === "row" ? "ask-row-option" : "ask-list-option");
  const radio = part(element, "radio");
  radio.name = group;
  radio.checked = option.value === spec.value;
  write(element, "label", option.label);
  if (spec.kind === "list") {
    writeOrHide(element, "digit", spec.options.length <= DIGITS ? String(index + 1) : "");
    writeOrHide(element, "hint", option.hint);
  }
  return { element, radio, option, text: `${option.label} ${option.search ?? ""}`.toLowerCase() };
}

function focusChoice(element, row) {
  const filter = part(element, "filter");
  if (filter && !filter.hidden) filter.focus();
  else row?.radio.focus();
}

/** Long lists can be narrowed by typing; Enter takes the first that is left. */
function wireFilter(element, rows, visible, choose) {
  const filter = part(element, "filter");
  if (!filter) return;
  show(filter, rows.length > DIGITS);
  filter.addEventListener("input", () => {
    const wanted = filter.value.trim().toLowerCase();
    for (const row of rows) show(row.element, row.text.includes(wanted));
    writeOrHide(element, "empty", visible().length === 0 ? word("staff-filter-none") : "");
  });
  filter.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && choose(visible()[0])) event.preventDefault();
    if (event.key === "ArrowDown") {
      visible()[0]?.radio.focus();
      event.preventDefault();
    }
  });
}

/** A line of words, never required unless `required` says so. */
function textField(spec) {
  const element = copy("ask-text");
  const input = part(element, "input");
  write(element, "legend", spec.label);
  writeOrHide(element, "hint", spec.hint);
  input.maxLength = spec.max ?? 200;
  input.value = spec.value ?? "";
  return {
    name: spec.name,
    element,
    required: Boolean(spec.required),
    missingText: word("staff-ask-missing", { field: spec.label }),
    answered: () => input.value.trim() !== "",
    value: () => input.value.trim() || null,
    focus: () => input.focus(),
    chooseNth: () => false,
  };
}

/** Yes or no. */
function switchField(spec) {
  const element = copy("ask-switch");
  const box = part(element, "box");
  write(element, "label", spec.label);
  box.checked = Boolean(spec.value);
  return {
    name: spec.name,
    element,
    required: false,
    missingText: "",
    answered: () => true,
    value: () => box.checked,
    focus: () => box.focus(),
    chooseNth: () => false,
  };
}
