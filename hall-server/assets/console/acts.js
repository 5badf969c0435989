// Everything a clerk can do: its key, when it is possible, what it asks for first, and what it posts.
// An act without `ask` is done at once; `ask` resolves to the body of the request, or to `null` for "no".

import { current, isOpen, situation, state, awayFromWindows, undoable } from "./state.js";
import * as questions from "./questions.js";
import { setup } from "../staff/setup.js";

const here = (verb) => () => `/windows/${encodeURIComponent(state.cell.window.at.window)}/${verb}`;
const ofTicket = (verb) => (body) => `/tickets/${body.ticket}/${verb}`;

const isCalled = () => situation() === "called";
const mayRecall = () => isCalled() && current().recalls < setup.max_recalls;
const isServing = () => situation() === "serving";
const hasVisitor = () => current() !== null;
const isPaused = () => state.cell.window.mode === "paused";
const isFree = () => isOpen() && !hasVisitor();

/** Every act by name. `seen` marks those that need the window to be as the clerk saw it. */
export const ACTS = {
  open: { path: here("open"), when: () => situation() === "closed", seen: true },
  "call-next": {
    key: "N",
    path: here("call-next"),
    when: () => isOpen() && !isCalled() && (isServing() || state.cell.next !== null),
    seen: true,
  },
  start: { key: "S", path: here("start"), when: isCalled, seen: true },
  recall: { key: "R", path: here("recall"), when: mayRecall, seen: true },
  finish: { key: "F", path: here("finish"), when: isServing, seen: true },
  pass: { key: "P", path: here("pass"), when: isCalled, seen: true },
  hold: { key: "H", path: here("hold"), when: hasVisitor, ask: questions.hold, seen: true },
  transfer: { key: "T", path: here("transfer"), when: hasVisitor, ask: questions.transfer, seen: true },
  "walk-up": { key: "W", path: here("walk-up"), when: isFree, ask: questions.walkUp, seen: true },
  call: {
    key: "C",
    path: here("call"),
    when: () => isOpen() && !isCalled() && state.cell.line.length > 0,
    ask: questions.callThis,
    seen: true,
  },
  "take-back": {
    key: "K",
    path: here("take-back"),
    when: () => isFree() && state.cell.held.length > 0,
    ask: questions.takeBack,
    seen: true,
  },
  undo: { key: "U", path: here("undo"), when: () => undoable() !== null, seen: true },
  pause: { key: "B", path: here("pause"), when: isOpen, ask: questions.pause, seen: true },
  resume: { key: "B", path: here("resume"), when: isPaused, seen: true },
  close: {
    key: "E",
    path: here("close"),
    when: () => !hasVisitor() && situation() !== "closed",
    ask: questions.close,
    seen: true,
  },
  class: {
    key: "G",
    path: ofTicket("class"),
    when: () => hasVisitor() || awayFromWindows().length > 0,
    ask: questions.grantClass,
  },
  leave: { key: "L", path: ofTicket("leave"), when: () => awayFromWindows().length > 0, ask: questions.leave },
  merge: { key: "M", path: ofTicket("merge"), when: () => awayFromWindows().length > 1, ask: questions.merge },
  return: { path: ofTicket("return"), when: () => state.cell.missed.length > 0 },
};

/** The usual next step: what the space bar does. `null` when all there is to do is wait. */
export function usual() {
  switch (situation()) {
    case "closed":
      return "open";
    case "paused":
      return "resume";
    case "called":
      return "start";
    case "serving":
      return isOpen() ? "call-next" : "finish";
    default:
      return state.cell.next ? "call-next" : null;
  }
}

/** The act a letter stands for now: of two that share a key, the possible one. */
export function actForKey(letter) {
  const names = Object.keys(ACTS).filter((name) => ACTS[name].key === letter);
  return names.find((name) => ACTS[name].when()) ?? names[0] ?? null;
}
