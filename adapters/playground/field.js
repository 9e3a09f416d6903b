// One input of a form.

import { el, words } from "./draw.js";

export function field({ name, label, kind, required, choices, most }, index) {
  const id = `field-${index}`;
  const note = kind === "lines" ? `${words.lines_hint} · ` : "";
  const hint = el("small", { id: `${id}-hint` }, note + (required ? words.required : words.optional));
  const shared = { id, name, required, "aria-describedby": `${id}-hint` };
  let input = el("input", { ...shared, type: "text", maxlength: most ? String(most) : "", inputmode: kind === "integer" ? "numeric" : "" });
  if (kind === "lines" || most > 100) input = el("textarea", { ...shared, rows: kind === "lines" ? "4" : "2", maxlength: most ? String(most) : "" });
  if (choices.length) {
    const blank = el("option", { value: "" }, words.choose);
    blank.value = "";
    input = el("select", shared, blank, ...choices.map(([value, shown]) => el("option", { value }, shown)));
  }
  return el("div", { class: "field" }, el("label", { for: id }, label), hint, input);
}
