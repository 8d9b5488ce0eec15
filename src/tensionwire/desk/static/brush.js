// Draw over the chart of a pair: the days under the stroke are opened. Keyboard and no script: the two date fields.
"use strict";
(() => {
  const figure = document.querySelector("[data-brush]");
  const svg = figure && figure.querySelector("svg");
  const form = document.getElementById("choose");
  const zero = svg && svg.querySelector("line.axis");
  if (!svg || !form || !zero || !figure.dataset.first) return;
  const hint = form.querySelector(".brush-hint");
  if (hint) hint.hidden = false;
  const left = Number(zero.getAttribute("x1")), right = Number(zero.getAttribute("x2"));
  const first = Date.parse(figure.dataset.first), last = Date.parse(figure.dataset.last);
  const box = svg.viewBox.baseVal;
  const band = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  band.setAttribute("y", "0");
  band.setAttribute("height", String(box.height));
  (svg.querySelector(".ground") || svg.firstChild).after(band);
  svg.dataset.brush = "";

  const at = (event) => {
    const frame = svg.getBoundingClientRect();
    return Math.min(right, Math.max(left, ((event.clientX - frame.left) / frame.width) * box.width));
  };
  const DAY = 86400000;
  const each = (right - left) / ((last - first) / DAY + 1);
  const day = (x) => {
    const number = Math.min((last - first) / DAY, Math.max(0, Math.floor((x - left) / each)));
    return new Date(first + number * DAY).toISOString().slice(0, 10);
  };
  const place = (date) => left + ((Date.parse(date) - first) / DAY + 0.5) * each;
  const draw = (a, b, kind) => {
    band.setAttribute("class", kind);
    const edge = kind === "chosen" ? each / 2 : 0;
    band.setAttribute("x", String(Math.min(a, b) - edge));
    band.setAttribute("width", String(Math.abs(a - b) + 2 * edge));
  };
  const chosen = () => {
    const [a, b] = [form.elements.from.value, form.elements.to.value];
    const all = a <= figure.dataset.first && b >= figure.dataset.last; // to light all of it up would show nothing
    draw(place(a), place(b), all ? "all" : "chosen");
  };

  let start = null;
  svg.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    start = at(event);
    svg.setPointerCapture(event.pointerId);
  });
  svg.addEventListener("pointermove", (event) => {
    if (start !== null) draw(start, at(event), "brush");
  });
  svg.addEventListener("pointerup", (event) => {
    if (start === null) return;
    const [a, b] = [start, at(event)].sort((one, other) => one - other);
    start = null;
    form.elements.from.value = day(a);
    form.elements.to.value = day(b);
    chosen();
    form.requestSubmit();
  });
  svg.addEventListener("pointercancel", () => { start = null; chosen(); });
  form.addEventListener("change", chosen);
  chosen();
})();
