// What the console knows: the cell the hall last sent, whether the connection stands, whether an action is
// on its way. Everything else on the page follows from these.

import { now } from "../staff/time.js";

/** The one state of this page. */
export const state = {
  /** The console cell, or `null` before the first. */
  cell: null,
  /** Whether the hall can be heard. */
  connected: false,
  /** When the hall was last heard, once that is too long ago. */
  staleSince: null,
  /** What the hall said when it refused to connect. */
  refused: null,
  /** Whether an action is on its way. */
  busy: false,
};

/** The situation in one word: `closed`, `paused`, `idle`, `called` or `serving`. */
export function situation() {
  const { mode, current } = state.cell.window;
  if (current) return current.phase;
  return mode === "open" ? "idle" : mode;
}

/** Whom the window has. */
export function current() {
  return state.cell.window.current;
}

/** Whether the window takes visitors. */
export function isOpen() {
  return state.cell.window.mode === "open";
}

/** What could still be taken back now. */
export function undoable() {
  const undo = state.cell.undo;
  return undo && undo.until > now() ? undo : null;
}

/** Whether anything may be done now. */
export function mayAct() {
  return state.cell !== null && state.connected && !state.busy;
}

/** Every ticket a clerk can point at: in the line, then set aside. */
export function awayFromWindows() {
  return [...state.cell.line, ...state.cell.held];
}
