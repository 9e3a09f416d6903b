// The line to the server: changes come in as they happen, acts go out one by one until each has arrived.

const KEPT = "bareng-acts";
const SILENCE = 45000;
const LONGEST_WAIT = 10000;
const REFUSALS = 5;

const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));

export class Line {
  // `hear(news)` gets every change; `lost(bool)` tells when the line breaks and heals; `refused(status)` an act that failed.
  constructor({ hear, lost, refused }) {
    Object.assign(this, { hear, lost, refused });
    this.token = "";
    this.queue = JSON.parse(sessionStorage.getItem(KEPT) || "[]");
    this.sending = false;
  }

  open(who, language) {
    this.close();
    this.address = `events?${new URLSearchParams({ as: who, lang: language })}`;
    const source = new EventSource(this.address);
    this.source = source;
    source.addEventListener("message", (event) => this.arrived(JSON.parse(event.data)));
    source.addEventListener("open", () => this.lost(false));
    source.addEventListener("error", () => {
      this.lost(true);
      // A refused stream is closed for good by the browser; a broken one heals by itself.
      if (source.readyState === EventSource.CLOSED) this.reopen(2000);
    });
    this.watch();
  }

  close() {
    clearTimeout(this.timer);
    this.source?.close();
  }

  act(what) {
    const random = crypto.getRandomValues(new Uint8Array(16));
    this.queue.push({ id: Array.from(random, (byte) => byte.toString(16).padStart(2, "0")).join(""), ...what });
    this.keep();
    return this.flush();
  }

  arrived(news) {
    this.token = news.token;
    this.lost(false);
    this.watch();
    this.hear(news);
    this.flush();
  }

  watch() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.reopen(0), SILENCE);
  }

  reopen(after) {
    const parts = new URLSearchParams(this.address.split("?")[1]);
    clearTimeout(this.timer);
    this.source.close();
    this.timer = setTimeout(() => this.open(parts.get("as"), parts.get("lang")), after);
  }

  keep() {
    // A file may be more than the browser keeps; it is then sent from memory.
    try {
      sessionStorage.setItem(KEPT, JSON.stringify(this.queue));
    } catch {
      sessionStorage.removeItem(KEPT);
    }
  }

  async flush() {
    if (this.sending || !this.token) return;
    this.sending = true;
    let wait = 500;
    let refusals = 0;
    while (this.queue.length) {
      const status = await this.post(this.queue[0]);
      if (status === 403) refusals += 1;
      if (status === 0 || status >= 500 || (status === 403 && refusals < REFUSALS)) {
        this.lost(true);
        await pause(wait);
        wait = Math.min(wait * 2, LONGEST_WAIT);
        continue;
      }
      this.lost(false);
      this.queue.shift();
      this.keep();
      wait = 500;
      if (status >= 400) this.refused(status);
    }
    this.sending = false;
  }

  async post(act) {
    try {
      const answer = await fetch(act.file ? "act?file" : "act", {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Bareng-Token": this.token },
        body: JSON.stringify(act),
        signal: AbortSignal.timeout(act.kind === "jump" || act.file ? 180000 : 20000),
      });
      return answer.status;
    } catch {
      return 0;
    }
  }
}
