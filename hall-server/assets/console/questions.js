// What the unusual acts ask for first. Each question resolves to the body of its request, or to `null`.
// `preset.ticket` is a ticket the clerk pointed at, which is then not asked for again.

import { awayFromWindows, current, state } from "./state.js";
import { ask } from "../staff/dialog.js";
import { joined, label, reasonOptions, serviceOptions, setup } from "../staff/setup.js";
import { word } from "../staff/words.js";

/** How long a ticket may be set aside, in minutes; 0 is until somebody takes it back. */
const HOLD_MINUTES = [0, 5, 10, 20, 30, 60];

/** A list of reasons for a kind of act. */
function reasonField(kind) {
  return { kind: "list", name: "reason", label: word("staff-reason"), options: reasonOptions(kind) };
}

/** A list of tickets, unless one was pointed at. */
function ticketFields(tickets, preset, name = "ticket", text = word("staff-number")) {
  if (preset.ticket !== undefined && name === "ticket") return [];
  return [{ kind: "list", name, label: text, options: tickets.map(ticketOption), empty: word("console-line-empty") }];
}

function ticketOption(ticket) {
  const hints = [label(ticket.service), ticket.holder, ticket.window && label(ticket.window)];
  return { value: ticket.ticket, label: ticket.number, hint: joined(hints.filter(Boolean)) };
}

/** The sentence under the title that says whom it is about. */
function about(preset) {
  const found = [current(), ...awayFromWindows()].find((ticket) => ticket?.ticket === preset.ticket);
  return found ? `${found.number} · ${label(found.service)}` : undefined;
}

async function question(name, preset, fields, lead = about(preset)) {
  const title = word(`console-act-${name}`);
  const answers = await ask({ title, lead, confirm: word(`console-confirm-${name}`), fields });
  return answers && { ...preset, ...answers };
}

/** Set aside: why, who may take back, for how long. */
export async function hold(preset) {
  const scopes = ["private", "shared"];
  const answers = await question("hold", preset, [
    reasonField("hold"),
    row("scope", word("console-hold-scope"), scopes, (scope) => word(`console-hold-${scope}`), "private"),
    row("minutes", word("console-hold-time"), HOLD_MINUTES, holdTime, 0),
  ], about({ ticket: current().ticket }));
  if (!answers) return null;
  const { minutes, ...rest } = answers;
  return minutes > 0 ? { ...rest, minutes } : rest;
}

function holdTime(minutes) {
  return minutes === 0 ? word("console-hold-open-ended") : word("console-hold-minutes", { minutes });
}

function row(name, text, values, toLabel, value) {
  const options = values.map((it) => ({ value: it, label: toLabel(it) }));
  return { kind: "row", name, label: text, options, value };
}

/** Send on: to a service or a window, with a note, and back again if wanted. */
export async function transfer(preset) {
  const lead = about({ ticket: current().ticket });
  const windows = setup.windows.filter((window) => window.id !== state.cell.window.at.window);
  const targets = [
    ...serviceOptions().map((option) => ({ ...option, value: { service: option.value } })),
    ...windows.map(({ id, name, zone }) => ({
      value: { window: id },
      label: word("console-transfer-window", { window: name }),
      hint: zone,
    })),
  ];
  return question("transfer", preset, [
    { kind: "list", name: "to", label: word("console-transfer-to"), options: targets },
    { kind: "text", name: "note", label: word("console-transfer-note"), hint: word("staff-note-hint") },
    { kind: "switch", name: "come_back", label: word("console-transfer-come-back") },
  ], lead);
}

/** Serve somebody without a number: for what? With one service only there is nothing to ask. */
export async function walkUp(preset) {
  const { services } = state.cell.window;
  if (services.length === 1) return { service: services[0] };
  const options = serviceOptions(services);
  return question("walk-up", preset, [{ kind: "list", name: "service", label: word("staff-service"), options }]);
}

/** Call this one: whom, and why not in turn. */
export function callThis(preset) {
  return question("call", preset, [...ticketFields(state.cell.line, preset), reasonField("call")]);
}

/** Take back: whom, of those set aside. */
export async function takeBack(preset) {
  const { held } = state.cell;
  if (preset.ticket !== undefined) return preset;
  if (held.length === 1) return { ticket: held[0].ticket };
  return question("take-back", preset, ticketFields(held, preset));
}

/** Take nobody for now: why. */
export function pause(preset) {
  return question("pause", preset, [reasonField("pause")]);
}

/** Stop working: why. */
export function close(preset) {
  return question("close", preset, [reasonField("close")]);
}

/** Grant a class: to whom, which, why. The present visitor is asked for first. */
export function grantClass(preset) {
  const tickets = [current(), ...awayFromWindows()].filter(Boolean);
  const options = setup.classes.map((name) => ({ value: name, label: word(`common-class-${name}`) }));
  const [numbers] = ticketFields(tickets, preset);
  return question("class", preset, [
    ...(numbers ? [{ ...numbers, value: current()?.ticket }] : []),
    { kind: "list", name: "class", label: word("staff-class"), options },
    reasonField("class"),
    { kind: "text", name: "note", label: word("staff-note"), hint: word("staff-note-hint") },
  ]);
}

/** Has left: who. */
export function leave(preset) {
  return question("leave", preset, ticketFields(awayFromWindows(), preset), word("console-leave-lead"));
}

/** Make one of two: which stays, which goes. */
export function merge(preset) {
  const tickets = awayFromWindows();
  const others = tickets.filter((ticket) => ticket.ticket !== preset.ticket);
  return question("merge", preset, [
    ...ticketFields(tickets, preset, "ticket", word("console-merge-keep")),
    ...ticketFields(others, preset, "drop", word("console-merge-drop")),
  ], word("console-merge-lead"));
}
