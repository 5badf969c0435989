// The screen of a display of which the hall has not said anything: an ordinary lobby board.

export function usualScreen(language) {
  return {
    name: { zh: "", en: "" },
    layout: {
      kind: "lobby",
      window: null,
      blocks: ["calls", "waiting", "clock", "marquee"],
      theme: "night",
      scale_percent: 100,
      language,
      languages: "both",
      marquee: null,
      media: [],
      volume_percent: 0,
      quiet: [],
    },
    notices: [],
    media: [],
    emergency: null,
    identify_until: null,
    restart: null,
  };
}
