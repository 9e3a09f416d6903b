// Replying to an entry: a button at each of them, of which one is in the way of Tab; the arrow keys go to the others.

import { el, words } from "./draw.js";

const LONGEST = 80;

export const answerKey = (name) => el("button", { type: "button", class: "answer", tabindex: "-1", "aria-label": `${words.reply}: ${name}`, title: words.reply });

// What an entry replies to, in a line; null for one that is no reply or whose target is gone.
export function quotation(id) {
  const target = id && document.querySelector(`[data-id="${CSS.escape(id)}"]`);
  return target ? el("div", { class: "quoting", dir: "auto" }, excerpt(target)) : null;
}

function excerpt(target) {
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

// The newest entry's button is reached by Tab, the others from there.
export function reach(log) {
  const keys = [...log.querySelectorAll(".answer")];
  if (keys.includes(document.activeElement)) return;
  for (const key of log.querySelectorAll(".answer[tabindex='0']")) key.tabIndex = -1;
  if (keys.length) keys.at(-1).tabIndex = 0;
}

export function walk(event) {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  const key = event.target.closest(".answer");
  if (!step || !key) return;
  event.preventDefault();
  const keys = [...key.closest(".log").querySelectorAll(".answer")];
  const next = keys[keys.indexOf(key) + step];
  if (!next) return;
  key.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}
