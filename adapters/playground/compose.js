// Writing in a chat: completion of commands and arguments, sending by Enter.

import { Attachment } from "./attach.js";
import { el, words } from "./draw.js";
import { Reply } from "./reply.js";

const MOST_HEIGHT = 160;

export class Composer {
  // `chat()` gives { who, place }; `send(text, file, who, place, reply)` says it there.
  constructor(form, { chat, send, tell }) {
    this.text = form.querySelector("textarea");
    this.list = form.querySelector(".completion");
    this.usage = form.querySelector(".usage");
    this.attachment = new Attachment(form);
    this.reply = new Reply(form);
    Object.assign(this, { chat, send, tell, options: [], active: -1, menu: [], asked: 0, last: Promise.resolve() });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.text.addEventListener("input", () => this.changed());
    this.text.addEventListener("keydown", (event) => this.pressed(event));
    this.text.addEventListener("blur", () => setTimeout(() => document.activeElement === this.text || this.close(), 150));
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.pick(Number(option.dataset.index), true);
    });
  }

  submit() {
    const text = this.text.value.trim();
    if (!text && !this.attachment.file) return;
    this.deliver(text);
    this.text.value = "";
    this.close();
    this.resize();
  }

  // In the order of sending, although a file takes a while to be read.
  deliver(text) {
    const { who, place } = this.chat();
    const file = this.attachment.take();
    const reply = this.reply.take();
    this.last = this.last.then(async () => this.send(text, await file, who, place, reply)).catch(() => this.tell(words.failed));
  }

  pressed(event) {
    if (event.isComposing) return;
    const open = this.options.length > 0;
    if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const from = this.active < 0 && step < 0 ? 0 : this.active;
      this.choose((from + step + this.options.length) % this.options.length);
    } else if (event.key === "Escape") {
      if (open) {
        event.preventDefault();
        event.stopPropagation();
      }
      // Also what is still on its way: else it would open just before the Enter that is to send.
      this.close();
    } else if (open && this.active >= 0 && event.key === "Tab" && !event.shiftKey) {
      event.preventDefault();
      this.pick(this.active, false);
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      if (open && this.active >= 0) this.pick(this.active, true);
      else this.submit();
    }
  }

  async changed() {
    this.resize();
    const text = this.text.value;
    if (!text.startsWith("/") || text.includes("\n")) return this.close();
    const asked = ++this.asked;
    const { who, place } = this.chat();
    const key = `${who}/${place}`;
    if (text === "/" || this.key !== key) {
      const menu = await this.fetch("menu", { as: who, place });
      if (asked !== this.asked) return undefined;
      if (menu) [this.menu, this.key] = [menu, key];
    }
    const typed = text.slice(1).toLowerCase();
    const found = this.command(typed);
    if (found) return this.complete(found, text, asked);
    this.usage.hidden = true;
    return this.show(this.commands(typed), typed ? 0 : -1);
  }

  // The command whose words stand before a space, with its longest spelling.
  command(typed) {
    const spelled = this.menu.flatMap((command) => command.names.map((name) => ({ command, name })));
    const found = spelled.filter(({ name }) => typed.startsWith(`${name} `) || typed === name);
    found.sort((one, other) => other.name.length - one.name.length);
    if (!found.length) return null;
    const longer = spelled.some(({ name }) => name !== found[0].name && name.startsWith(typed));
    return longer && typed === found[0].name ? null : found[0];
  }

  // A command that is written out stands before those that only begin like it.
  commands(typed) {
    const matches = (name) => name.startsWith(typed);
    const fits = this.menu.filter((command) => matches(command.typed) || command.names.some(matches));
    const whole = (command) => Number(command.names.includes(typed));
    fits.sort((one, other) => whole(other) - whole(one));
    return fits.map((command) => {
      const name = matches(command.typed) ? command.typed : command.names.find(matches);
      return { text: `/${name}`, help: command.help, insert: command.params.length ? `/${name} ` : `/${name}`, ready: !command.params.length };
    });
  }

  async complete({ command, name }, text, asked) {
    const rest = text.slice(name.length + 1).trimStart();
    const given = rest.split(/\s+/);
    const { params } = command;
    const current = params[Math.min(given.length, params.length) - 1];
    this.explain(command, name, current);
    if (!current?.offers || !text.slice(name.length + 1)) return this.show([]);
    const { who, place } = this.chat();
    const found = await this.fetch("complete", { as: who, place, path: command.path, param: current.name, text: given.at(-1) });
    if (asked !== this.asked) return undefined;
    const last = given.at(-1).toLowerCase();
    const start = text.slice(0, text.length - given.at(-1).length);
    const options = (found || [])
      .filter(({ value, label }) => value.toLowerCase().startsWith(last) || label.toLowerCase().startsWith(last))
      .map(({ value, label }) => ({ text: label, help: value === label ? "" : value, insert: `${start}${value}`, ready: false }));
    return this.show(options.filter((option) => option.insert !== text));
  }

  explain(command, name, current) {
    const parts = command.params.map((param) => {
      const shown = param.required ? `<${param.name}>` : `[${param.name}]`;
      return el(param === current ? "b" : "span", {}, ` ${shown}`);
    });
    const help = current ? `${current.help} (${current.required ? words.required : words.optional})` : command.help;
    this.usage.replaceChildren(el("code", {}, `/${name}`, ...parts), ` — ${help}`);
    this.usage.hidden = false;
  }

  show(options, active = -1) {
    this.options = options;
    const items = options.map((option, index) =>
      el(
        "li",
        { role: "option", id: `${this.list.id}-${index}`, "data-index": String(index), "aria-selected": "false" },
        el("b", {}, option.text),
        el("span", {}, option.help),
      ),
    );
    this.list.replaceChildren(...items);
    this.list.hidden = !options.length;
    this.choose(options.length ? active : -1);
    if (options.length) this.tell(`${options.length}. ${words.suggestions}`);
  }

  choose(index) {
    this.active = index;
    for (const [each, item] of [...this.list.children].entries()) item.setAttribute("aria-selected", String(each === index));
    const item = this.list.children[index];
    if (item) {
      this.text.setAttribute("aria-activedescendant", item.id);
      item.scrollIntoView({ block: "nearest" });
    } else this.text.removeAttribute("aria-activedescendant");
  }

  pick(index, run) {
    const option = this.options[index];
    this.text.value = option.insert;
    this.show([]);
    this.text.focus();
    if (run && option.ready) this.submit();
    else this.changed();
  }

  close() {
    this.asked += 1;
    this.usage.hidden = true;
    this.show([]);
  }

  resize() {
    this.text.style.blockSize = "auto";
    this.text.style.blockSize = `${Math.min(this.text.scrollHeight + 2, MOST_HEIGHT)}px`;
  }

  async fetch(path, query) {
    try {
      const answer = await fetch(`${path}?${new URLSearchParams(query)}`);
      return answer.ok ? await answer.json() : null;
    } catch {
      return null;
    }
  }
}
