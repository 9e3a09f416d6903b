// A person's own menu, as Discord has one: who they are, and the commands that are about them.

import { el, people } from "./draw.js";

const box = () => document.getElementById("person");

// The name as a key; the arrow keys reach it, as they do the other keys of an entry.
export const nameKey = (name) => el("button", { type: "button", class: "tool person-key", tabindex: "-1", "aria-haspopup": "menu" }, name);

// `menu(key)` gives the commands for whoever is played, `run(command, person)` uses one.
export function openPerson(key, { menu, run, role }) {
  const { author } = key.closest(".entry").dataset;
  const { name } = people.find((person) => person.id === author);
  return menu().then((commands) => {
    const about = (commands || []).filter((command) => command.person);
    const items = about.map((command) => {
      const item = el("button", { type: "button", role: "menuitem", tabindex: "-1" }, command.person.label);
      item.addEventListener("click", () => {
        close(key);
        run(command, author);
      });
      return item;
    });
    const head = el("p", { role: "presentation" }, el("b", { dir: "auto" }, name), ` ${role(author)}`);
    box().replaceChildren(head, ...items);
    box().addEventListener("keydown", (event) => walk(event, key));
    box().showPopover();
    place(key);
    (items[0] || box()).focus();
  });
}

function place(key) {
  const at = key.getBoundingClientRect();
  const most = { left: innerWidth - box().offsetWidth - 8, top: innerHeight - box().offsetHeight - 8 };
  box().style.left = `${Math.max(8, Math.min(at.left, most.left))}px`;
  box().style.top = `${Math.max(8, Math.min(at.bottom + 4, most.top))}px`;
}

function close(key) {
  box().hidePopover();
  key.focus({ preventScroll: true });
}

function walk(event, key) {
  const items = [...box().querySelectorAll("[role=menuitem]")];
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (step && items.length) {
    event.preventDefault();
    items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus();
  } else if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    event.stopPropagation();
    close(key);
  }
}
