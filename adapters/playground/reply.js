// Replying to an entry: what is quoted, and what stands above the words that are being written.

import { el, words } from "./draw.js";

const LONGEST = 80;

// What an entry replies to, in a line; null for one that is no reply or whose target is gone.
export function quotation(id) {
  const target = id && document.querySelector(`[data-id="${CSS.escape(id)}"]`);
  return target ? el("div", { class: "quoting", dir: "auto" }, excerpt(target)) : null;
}

export function excerpt(target) {
  const parts = [...target.querySelectorAll(".blocks > :not(.foot, .quoting)")].map((block) => block.cloneNode(true));
  for (const part of parts) part.querySelector(".foot")?.remove();
  const text = parts.map((part) => part.textContent).join(" ");
  return `${target.dataset.name}: ${text.trim().slice(0, LONGEST)}`;
}

export class Reply {
  constructor(form) {
    this.chosen = form.querySelector(".replying");
    this.text = form.querySelector("textarea");
    this.id = "";
  }

  choose(target) {
    this.id = target.dataset.id;
    const drop = el("button", { type: "button", class: "drop", "aria-label": words.no_reply }, "×");
    drop.addEventListener("click", () => {
      this.clear();
      this.text.focus();
    });
    this.chosen.replaceChildren(el("span", { dir: "auto" }, `↩ ${excerpt(target)}`), drop);
    this.chosen.hidden = false;
    this.text.focus();
  }

  clear() {
    this.id = "";
    this.chosen.hidden = true;
    this.chosen.replaceChildren();
  }

  take() {
    const { id } = this;
    this.clear();
    return id;
  }
}
