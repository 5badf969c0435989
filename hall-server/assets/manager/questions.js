// What a duty manager's acts ask for first. Each resolves to the body of its request, or to `null`; with
// `send` the dialog itself carries it out, and stands open while it is refused (see staff/dialog.js).

import { ask } from "../staff/dialog.js";
import { reasonOptions, setup } from "../staff/setup.js";
import { word } from "../staff/words.js";

const noteField = () => ({ kind: "text", name: "note", label: word("staff-note"), hint: word("staff-note-hint") });

function reasonField(kind) {
  return { kind: "list", name: "reason", label: word("staff-reason"), options: reasonOptions(kind) };
}

/** Asks for `fields` under the name of the act. */
export function question(act, lead, fields, send) {
  const name = word(`manager-act-${act}`);
  return ask({ title: name, lead, confirm: name, fields, send });
}

/** Why a ticket goes first. */
export function pin(number, send) {
  return question("pin", word("manager-pin-lead", { number }), [reasonField("pin"), noteField()], send);
}

/** Which class a ticket gets, and why. */
export function grantClass(number, send) {
  const options = setup.classes.map((name) => ({ value: name, label: word(`common-class-${name}`) }));
  const classes = { kind: "list", name: "class", label: word("staff-class"), options };
  return question("class", number, [classes, reasonField("class"), noteField()], send);
}

/** Whether a visitor has really gone. */
export function leave(number, send) {
  return question("leave", word("manager-leave-lead", { number }), [], send);
}

/** Which other number is the same visitor's. */
export function merge(number, send) {
  const field = { kind: "text", name: "number", label: word("manager-merge-number"), required: true, max: 16 };
  return question("merge", word("manager-merge-lead", { number }), [field], send);
}

/** Who will work at a window. */
export function openWindow(name) {
  const options = setup.staff.map(({ id, name: clerk }) => ({ value: id, label: clerk, hint: id, search: id }));
  return question("open", name, [{ kind: "list", name: "clerk", label: word("manager-window-clerk"), options }]);
}

/** Why a window pauses or closes. */
export function stopWindow(act, name) {
  return question(act, name, [reasonField(act)]);
}

/** Why a service gives no more numbers today. */
export function closeService(name) {
  return question("close-service", word("manager-close-service-lead", { service: name }), [reasonField("service")]);
}

/** Which window should take a service that nobody serves. */
export function chooseWindow(service, windows) {
  const options = windows.map(({ id, name, hint }) => ({ value: id, label: name, hint }));
  const field = { kind: "list", name: "window", label: word("common-window"), options };
  return question("find-window", word("manager-assign-lead", { service }), [field]);
}
