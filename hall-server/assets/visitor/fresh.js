// Keeps a part of a page that the hall made as fresh as the hall: asks for the page again and takes over
// the part. There is one place that knows how to say things, and it is not a script.
//
//   const refresh = keepFresh("visit", (part) => {});   // the id of the part; called after each change

const RETRY_MS = 3_000;

export function keepFresh(id, changed = () => {}) {
  let busy = false;
  let again = false;

  async function refresh() {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    again = false;
    const page = await askForPage();
    busy = false;
    if (page) take(page);
    if (!page) setTimeout(refresh, RETRY_MS);
    else if (again) refresh();
  }

  function take(page) {
    const part = document.getElementById(id);
    const fresh = page.getElementById(id);
    if (!fresh || fresh.isEqualNode(part)) return;
    for (const { name, value } of fresh.attributes) part.setAttribute(name, value);
    part.replaceChildren(...fresh.childNodes);
    document.title = page.title;
    changed(part);
  }

  return refresh;
}

async function askForPage() {
  try {
    const answer = await fetch(location.href, { headers: { accept: "text/html" } });
    if (!answer.ok) return null;
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    return null;
  }
}
