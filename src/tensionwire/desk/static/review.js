/* Review by two keys: within an item, c, e or r chooses a verdict, Enter sends it. Written for tensionwire; Apache-2.0.
   Keys work only while the focus is in an item, and not while one types into a field. */
"use strict";
document.addEventListener("keydown", (event) => {
  const form = event.target.closest("form[data-task]");
  if (!form || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const radio = event.target.type === "radio";
  if (event.target.matches("input, select, textarea") && !radio) return;
  if (event.key === "Enter" && radio) {
    event.preventDefault();
    form.requestSubmit();
    return;
  }
  const chosen = form.querySelector(`input[data-key="${CSS.escape(event.key)}"]`);
  if (!chosen) return;
  event.preventDefault();
  chosen.checked = true;
  chosen.focus();
  if (chosen.value === "correct") form.querySelector("details").open = true;
});

/* Adding an item: words that are marked in the text go into the form, with the number of their sentence. */
{
  const form = document.querySelector("form[data-add]");
  if (form) {
    form.querySelector(".brush-hint").hidden = false;
    const take = () => {
      const marked = getSelection();
      const words = marked.toString().trim().replace(/\s+/g, " ");
      const node = marked.anchorNode && marked.anchorNode.parentElement.closest("[data-s]");
      if (!words || !node || !form.contains(node)) return;
      const kind = form.elements.kind.value;
      form.elements.s.value = node.dataset.s;
      form.elements[`field.${kind}.${kind === "event" ? "trigger" : "content"}`].value = words;
    };
    for (const kind of ["mouseup", "keyup", "touchend"]) form.querySelector(".sentences").addEventListener(kind, take);
  }
}
