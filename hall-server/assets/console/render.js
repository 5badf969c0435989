// Shows the whole console from its state.

import { renderAside } from "./aside.js";
import { renderButtons, renderUndo } from "./buttons.js";
import { renderGiven } from "./given.js";
import { renderClock, renderConnection, renderHeader } from "./header.js";
import { renderLine, renderNext } from "./line.js";
import { renderPresent } from "./present.js";
import { current, state } from "./state.js";
import { tickTimers } from "../staff/time.js";

/** Shows everything. */
export function render() {
  renderConnection();
  if (!state.cell) return;
  renderHeader();
  renderPresent();
  renderLine();
  renderAside();
  renderButtons();
}

/** Shows what changes with time alone. */
export function tick() {
  renderClock();
  if (!state.cell) return;
  tickTimers();
  renderGiven(current());
  renderNext();
  renderButtons();
  renderUndo();
}
