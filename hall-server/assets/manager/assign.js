// A service that nobody serves: choose a window, then look at its profile with the service added.

import { label } from "../staff/setup.js";
import { word } from "../staff/words.js";
import { cellsOf } from "./hall.js";
import { editProfile } from "./profile.js";
import { chooseWindow } from "./questions.js";

const READINESS = ["open", "paused", "closed"];

/** Asks which window should take a service and opens its profile. */
export async function assignService(service, name) {
  const windows = cellsOf("window/").filter((window) => !window.services.includes(service));
  windows.sort((a, b) => READINESS.indexOf(a.mode) - READINESS.indexOf(b.mode) || a.waiting - b.waiting);
  const answer = await chooseWindow(name, windows.map(option));
  if (answer) editProfile(answer.window, service);
}

function option({ at, mode, waiting }) {
  const state = word(`common-mode-${mode}`);
  return {
    id: at.window,
    name: word("manager-window", { window: label(at.name) }),
    hint: word("manager-assign-window", { zone: label(at.zone_name), state, waiting }),
  };
}
