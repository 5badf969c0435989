// Asking the hall over HTTP. An action carries a key, so that sending it again cannot do it twice.

const ROOT = "/api/v1";
const RETRY_AFTER_MS = 700;
const GIVE_UP_AFTER_MS = 8000;

/** What became of a request: `ok` with `data`, or a `problem` with a sentence for people. */
async function read(response) {
  const data = await response.json().catch(() => null);
  if (response.ok) return { ok: true, status: response.status, data };
  const problem = data?.message ? data : { code: "unreadable", message: "" };
  return { ok: false, status: response.status, problem };
}

function headers(key) {
  const fields = { Accept: "application/json", "Accept-Language": document.documentElement.lang };
  if (key) {
    fields["Content-Type"] = "application/json";
    fields["Idempotency-Key"] = key;
  }
  return fields;
}

async function attempt(method, path, key, body) {
  const signal = AbortSignal.timeout(GIVE_UP_AFTER_MS);
  const options = { method, signal, headers: headers(key) };
  if (key) options.body = JSON.stringify(body ?? {});
  return read(await fetch(ROOT + path, options));
}

/** 128 random bits; `crypto.randomUUID` is missing on plain HTTP in a local network. */
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The answer when the hall could not be reached; the sentence is the caller's to find. */
const UNREACHABLE = { ok: false, status: 0, problem: { code: "unreachable", message: "" } };

/** Asks for something. */
export async function get(path) {
  try {
    return await attempt("GET", path);
  } catch {
    return UNREACHABLE;
  }
}

/** Does something, once: a lost answer is asked for again under the same key. */
export async function act(method, path, body) {
  const key = newKey();
  try {
    return await attempt(method, path, key, body);
  } catch {
    await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER_MS));
  }
  try {
    return await attempt(method, path, key, body);
  } catch {
    return UNREACHABLE;
  }
}
