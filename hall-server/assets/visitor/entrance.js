// Keeps the figures of the front door fresh while somebody looks at them.

import { keepFresh } from "./fresh.js";

const EVERY_MS = 15_000;

const refresh = keepFresh("day");
setInterval(() => document.visibilityState === "visible" && refresh(), EVERY_MS);
