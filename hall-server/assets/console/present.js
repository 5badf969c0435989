// The present visitor: the number, what for, who, what the window before wrote, where the call was shown.

import { mark, part, show, write, writeOrHide } from "../staff/dom.js";
import { joined, label, setup } from "../staff/setup.js";
import { startTimer, stopTimer, timeOfDay } from "../staff/time.js";
import { renderGiven } from "./given.js";
import { current, situation, state } from "./state.js";
import { word } from "../staff/words.js";

const root = document.getElementById("present");

/** Shows whom the window has, or what it is doing instead. */
export function renderPresent() {
  const now = situation();
  const visitor = current();
  mark(root, "situation", now);
  write(root, "situation", word(`console-situation-${now}`));
  const since = visitor ? visitor.since : state.cell.window.since;
  if (visitor || now === "paused") startTimer(part(root, "timer"), since, "duration");
  else stopTimer(part(root, "timer"));
  show(part(root, "visitor"), visitor !== null);
  show(part(root, "nobody"), visitor === null);
  if (visitor) renderVisitor(visitor);
  else renderNobody(now);
}

function renderVisitor(visitor) {
  write(root, "number", visitor.number);
  write(root, "service", label(visitor.service));
  writeOrHide(root, "class", visitor.class === "ordinary" ? "" : word(`common-class-${visitor.class}`));
  writeOrHide(root, "holder", visitor.holder);
  writeOrHide(root, "identity", visitor.identity === "none" ? "" : word(`common-identity-${visitor.identity}`));
  writeOrHide(root, "language", visitor.language === "en" ? word("console-speaks-english") : "");
  write(root, "taken", word("console-taken-at", { time: timeOfDay(visitor.taken_at) }));
  const pending = joined(visitor.pending.map(label));
  writeOrHide(root, "pending", pending && word("console-also-for", { services: pending }));
  writeOrHide(root, "note-text", visitor.note);
  show(part(root, "note"), Boolean(visitor.note));
  renderCall(visitor);
}

/** How often the call has been repeated, and where it has been given out. */
function renderCall(visitor) {
  const { recalls } = visitor;
  const again = visitor.phase === "called" && recalls > 0;
  writeOrHide(root, "recalls", again ? word("console-recalls", { recalls, max: setup.max_recalls }) : "");
  renderGiven(visitor);
}

/** What the window is doing while it has nobody. */
function renderNobody(now) {
  const { window, waiting } = state.cell;
  const reason = window.reason ? label(window.reason) : "";
  write(root, "nobody-title", now === "idle" ? idleTitle(waiting) : word(`console-nobody-${now}`));
  writeOrHide(root, "nobody-reason", now === "idle" ? "" : reason);
  write(root, "nobody-hint", now === "idle" && waiting === 0 ? word("console-hint-empty") : word(`console-hint-${now}`));
}

function idleTitle(waiting) {
  return waiting === 0 ? word("console-nobody-empty") : word("console-nobody-idle", { count: waiting });
}
