// A service that nobody serves: choose a window. One that takes it already only has to be opened; another
// one first gets the service added to its profile.

import { label } from "../staff/setup.js";
import { word } from "../staff/words.js";
import { cellsOf } from "./hall.js";
import { editProfile } from "./profile.js";
import { chooseWindow } from "./questions.js";
import { openWindowDialog } from "./window-dialog.js";

const READINESS = ["open", "paused", "closed"];

/** Asks which window should take a service, and leads to what that needs. */
export async function assignService(service, name) {
  const takes = (window) => window.services.includes(service);
  const windows = cellsOf("window/").sort(
    (a, b) =>
      takes(b) - takes(a) || READINESS.indexOf(a.mode) - READINESS.indexOf(b.mode) || a.waiting - b.waiting,
  );
  const answer = await chooseWindow(name, windows.map((window) => option(window, takes(window))));
  if (!answer) return;
  const chosen = windows.find(({ at }) => at.window === answer.window);
  if (takes(chosen)) openWindowDialog(answer.window);
  else editProfile(answer.window, service);
}

function option({ at, mode, waiting }, takes) {
  const values = { zone: label(at.zone_name), state: word(`common-mode-${mode}`), waiting };
  return {
    id: at.window,
    name: word("manager-window", { window: label(at.name) }),
    hint: word(takes ? "manager-assign-takes" : "manager-assign-window", values),
  };
}
