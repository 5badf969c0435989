// Which services a window takes: read from the hall, changed as a draft, saved as a whole.

import { part, show, writeOrHide } from "../staff/dom.js";
import { say } from "../staff/notice.js";
import { label } from "../staff/setup.js";
import { word } from "../staff/words.js";
import { attempt, ofWindow } from "./act.js";
import { hall } from "./hall.js";
import { renderGroups } from "./profile-groups.js";

const dialog = document.getElementById("profile");
const form = part(dialog, "form");

let window = null;
let draft = null;

/** Opens the editor for a window; `added` is a service to begin with. */
export async function editProfile(id, added) {
  const response = await fetch(`/api/v1/windows/${encodeURIComponent(id)}/profile`).catch(() => null);
  if (!response?.ok) {
    say(word("staff-failed"), "fault");
    return;
  }
  const { now } = await response.json();
  window = id;
  draft = now;
  if (added) draft.groups[0].services.push(added);
  const { at } = hall.cells.get(`window/${id}`);
  part(dialog, "title").textContent = word("manager-profile-title", { window: label(at.name) });
  render();
  dialog.showModal();
}

function render() {
  // What was wrong with the draft may be mended now.
  writeOrHide(dialog, "fault", "");
  form.elements.mode.value = draft.mode;
  part(dialog, "mode-hint").textContent = word(`manager-profile-hint-${draft.mode}`);
  // In the one order over all services groups would mean nothing.
  show(part(dialog, "add-group"), draft.mode !== "longest-wait");
  renderGroups(part(dialog, "groups"), draft, render);
}

function setMode(mode) {
  draft.mode = mode;
  if (mode === "longest-wait") {
    const services = draft.groups.flatMap((group) => group.services);
    draft.groups = [{ services, weight: 1 }];
  }
  render();
}

async function save(profile) {
  const { at } = hall.cells.get(`window/${window}`);
  const name = word("manager-window", { window: label(at.name) });
  const done = `${word("manager-act-assign")} · ${name}`;
  const fault = await attempt(done, ofWindow(window, "profile"), { profile }, "PUT");
  // A refused draft stays as it is, to be mended.
  if (fault === null) dialog.close();
  else writeOrHide(dialog, "fault", fault);
}

form.addEventListener("change", (event) => {
  if (event.target.name === "mode") setMode(event.target.value);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const groups = draft.groups.filter((group) => group.services.length > 0);
  if (groups.length === 0) writeOrHide(dialog, "fault", word("manager-profile-empty"));
  else save({ ...draft, groups });
});
part(dialog, "add-group").addEventListener("click", () => {
  draft.groups.push({ services: [], weight: 1 });
  render();
});
part(dialog, "reset").addEventListener("click", () => save(null));
part(dialog, "cancel").addEventListener("click", () => dialog.close());
