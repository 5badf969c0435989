// The preview of a layout: a page that somebody edits shows this one in a frame and posts what it is to look
// like, { type: "layout-draft", layout, media }. Only the same site may, and only where the page says that it
// is a preview. The draft stands in for the display's own layout, and for the media that go with it.

export class Draft {
  // changed() is told that there is another draft.
  constructor(changed) {
    this.draft = null;
    if (!document.body.hasAttribute("data-preview")) return;
    window.addEventListener("message", ({ origin, data }) => {
      if (origin !== location.origin || data?.type !== "layout-draft") return;
      this.draft = data;
      changed();
    });
    // Whoever edits may have posted before anybody could hear it.
    if (parent !== window) parent.postMessage({ type: "preview-ready" }, location.origin);
  }

  over(screen) {
    if (!this.draft) return screen;
    const { layout, media = screen.media } = this.draft;
    return { ...screen, layout, media };
  }
}
