// A file beside the words: chosen by a button, shown by its name, sent with them.

import { el, size, words } from "./draw.js";

const LARGEST = 2 * 1024 * 1024;

export class Attachment {
  constructor(form) {
    this.input = form.querySelector("input[type=file]");
    this.chosen = form.querySelector(".chosen");
    this.file = null;
    form.querySelector(".attach").addEventListener("click", () => this.input.click());
    this.input.addEventListener("change", () => this.choose(this.input.files[0]));
  }

  choose(file) {
    this.input.value = "";
    if (!file) return;
    const fits = file.size > 0 && file.size <= LARGEST;
    this.file = fits ? file : null;
    const drop = el("button", { type: "button", class: "drop", "aria-label": words.detach }, "×");
    drop.addEventListener("click", () => this.clear());
    this.chosen.replaceChildren(el("span", { dir: "auto" }, fits ? `${file.name} · ${size(file.size)}` : words.too_large), drop);
    this.chosen.hidden = false;
  }

  clear() {
    this.file = null;
    this.chosen.hidden = true;
    this.chosen.replaceChildren();
  }

  // What goes into the act: the content as base64, null without a file.
  async take() {
    const file = this.file;
    if (!file) return null;
    this.clear();
    const content = await new Promise((resolve, reject) => {
      const reader = new FileReader();
      reader.addEventListener("load", () => resolve(reader.result.slice(reader.result.indexOf(",") + 1)));
      reader.addEventListener("error", () => reject(reader.error));
      reader.readAsDataURL(file);
    });
    return { name: file.name.slice(-200), kind: file.type.slice(0, 200), content };
  }
}
