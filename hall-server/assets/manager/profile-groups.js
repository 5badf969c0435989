// The groups of a profile as boxes: their services, their weight, their order.

import { copy, part, show, write } from "../staff/dom.js";
import { serviceName, setup } from "../staff/setup.js";
import { word } from "../staff/words.js";

/** Shows the groups of `draft`; `changed()` is called after every change. */
export function renderGroups(holder, draft, changed) {
  const kept = document.activeElement?.dataset.focus;
  holder.replaceChildren(...draft.groups.map((group, index) => groupBox(draft, group, index, changed)));
  // The box was made anew: the focus goes back to the same control.
  if (kept) holder.querySelector(`[data-focus="${kept}"]`)?.focus();
}

function groupBox(draft, group, index, changed) {
  const box = copy("profile-group");
  const alone = draft.mode === "longest-wait";
  write(box, "legend", alone ? word("manager-window-services") : word("manager-profile-group", { place: index + 1 }));
  show(part(box, "weight-field"), draft.mode === "ratio");
  const weight = part(box, "weight");
  weight.value = group.weight;
  weight.addEventListener("input", () => {
    group.weight = Math.max(1, Math.min(99, Math.floor(Number(weight.value)) || 1));
  });
  part(box, "services").append(...group.services.map((id) => serviceRow(group, id, changed)));
  fillAdd(part(box, "add"), draft, group, index, changed);
  wireOrder(box, draft, index, changed);
  return box;
}

function serviceRow(group, id, changed) {
  const row = copy("profile-service");
  write(row, "name", serviceName(id));
  const remove = part(row, "remove");
  remove.setAttribute("aria-label", word("manager-profile-remove", { service: serviceName(id) }));
  remove.addEventListener("click", () => {
    group.services = group.services.filter((other) => other !== id);
    changed();
  });
  return row;
}

/** The services no group has yet, by department; choosing one adds it. */
function fillAdd(select, draft, group, index, changed) {
  const taken = new Set(draft.groups.flatMap((it) => it.services));
  select.dataset.focus = `add-${index}`;
  select.append(new Option(word("manager-profile-add"), ""));
  const departments = new Map();
  for (const { id, name, department } of setup.services) {
    if (taken.has(id)) continue;
    if (!departments.has(department)) {
      const options = document.createElement("optgroup");
      options.label = department;
      departments.set(department, options);
    }
    departments.get(department).append(new Option(name, id));
  }
  select.append(...departments.values());
  show(select, departments.size > 0);
  select.addEventListener("change", () => {
    if (!select.value) return;
    group.services.push(select.value);
    changed();
  });
}

function wireOrder(box, draft, index, changed) {
  const up = part(box, "up");
  const remove = part(box, "remove-group");
  show(up, draft.mode === "priority" && index > 0);
  up.dataset.focus = `up-${index}`;
  up.addEventListener("click", () => {
    const [group] = draft.groups.splice(index, 1);
    draft.groups.splice(index - 1, 0, group);
    changed();
  });
  show(remove, draft.groups.length > 1);
  remove.addEventListener("click", () => {
    draft.groups.splice(index, 1);
    changed();
  });
}
