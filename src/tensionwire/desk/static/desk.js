// Words and records light up together; news of the ledger is told, never forced on whoever reads.
"use strict";
(() => {
  const items = (node) => (node.dataset.items || node.id || "").split(" ").filter(Boolean);
  const light = (names, on) => {
    for (const name of names) {
      for (const node of document.querySelectorAll(`[data-items~="${CSS.escape(name)}"], .card#${CSS.escape(name)}`)) {
        node.classList.toggle("lit", on);
      }
    }
  };
  if (document.querySelector("main .report")) {
    for (const [kind, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
      document.addEventListener(kind, (event) => {
        const node = event.target.closest && event.target.closest("[data-items], .card");
        if (node) light(items(node), on);
      });
    }
  }

  const news = document.getElementById("news");
  if (news && window.EventSource && document.body.dataset.live) {
    const source = new EventSource(document.body.dataset.live);
    let seen = null;
    source.addEventListener("ledger", (event) => {
      const told = JSON.parse(event.data);
      if (seen === null) seen = told.stamp;
      if (told.stamp !== seen && !news.firstChild) {
        const link = document.createElement("a");
        link.href = location.href;
        link.textContent = "The ledger has learnt something new since this page was made. Show it";
        news.append(link);
      }
    });
    addEventListener("pagehide", () => source.close());
  }
})();
