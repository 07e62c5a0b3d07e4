"use strict";
(() => {
  const FACETS = ["type", "category", "subject", "view", "tag", "system", "tone", "status"];
  const PAUSE = 250;

  // Letters without their marks: "café" finds "cafe", "ещё" finds "еще".
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  function readCard(element) {
    const data = element.querySelector(".cdc-thumbnail").dataset;
    const values = {};
    for (const name of FACETS) values[name] = JSON.parse(data[name] || "[]");
    const words = [element.textContent, ...FACETS.flatMap((name) => values[name])];
    return { element, id: data.id, text: fold(words.join(" ")), values };
  }

  // What stands in pictures and explanations is in a file beside this script, for readers who write something.
  const source = new URL("cdc-gallery-words.js", document.currentScript.src);
  const fetchWords = () => {
    if (document.querySelector("script[data-cdc-words]")) return;
    const script = document.createElement("script");
    script.dataset.cdcWords = "";
    script.src = source;
    document.head.append(script);
  };

  function readGroup(list) {
    const before = list.previousElementSibling;
    const title = before && before.matches(".cdc-index-group") ? [before] : [];
    return { parts: [list, ...title], cards: [...list.children].map(readCard) };
  }

  function hide(element, hidden) {
    if (element.hidden !== hidden) element.hidden = hidden;
  }

  function start(form, number) {
    const groups = [...form.parentElement.querySelectorAll("ul.cdc-gallery")].map(readGroup);
    const fields = [...form.querySelectorAll("input, select")];
    const count = form.querySelector(".cdc-filter-count");
    const { count: some, none, total } = form.dataset;
    // The address has the first gallery of a page without a number.
    const key = (field) => (number ? `${field.name}-${number + 1}` : field.name);
    let waiting = 0;

    function apply() {
      const words = fold(form.text.value).split(/\s+/).filter(Boolean);
      const chosen = fields.filter((field) => field.name !== "text" && field.value);
      const fits = (card) =>
        chosen.every((field) => card.values[field.name].includes(field.value)) &&
        words.every((word) => card.text.includes(word));
      const shown = new Set();
      for (const group of groups) {
        let empty = true;
        for (const card of group.cards) {
          const fit = fits(card);
          hide(card.element, !fit);
          if (fit) {
            empty = false;
            shown.add(card.id);
          }
        }
        for (const part of group.parts) hide(part, empty);
      }
      const text = shown.size ? some.replace("%s", shown.size).replace("%s", total) : none;
      if (count.textContent !== text) count.textContent = text;
    }

    function note(push) {
      clearTimeout(waiting);
      waiting = 0;
      const address = new URL(location.href);
      for (const field of fields) {
        if (field.value) address.searchParams.set(key(field), field.value);
        else address.searchParams.delete(key(field));
      }
      if (address.href === location.href) return;
      if (push) history.pushState(null, "", address);
      else history.replaceState(history.state, "", address);
    }

    function read() {
      const wanted = new URL(location.href).searchParams;
      for (const field of fields) {
        field.value = wanted.get(key(field)) || "";
        // A select that has no such choice.
        if (field.selectedIndex === -1) field.value = "";
      }
      if (form.text.value) fetchWords();
      apply();
    }

    form.text.addEventListener("focus", fetchWords);
    document.addEventListener("cdc-words", ({ detail }) => {
      const found = new Map(detail);
      for (const { cards } of groups) {
        for (const card of cards) card.text += ` ${fold(found.get(card.id) || "")}`;
      }
      apply();
    });
    form.addEventListener("input", (event) => {
      apply();
      // Browsers allow few changes of the address a second.
      if (event.target.name === "text") waiting = waiting || setTimeout(note, PAUSE, false);
    });
    form.addEventListener("change", (event) => note(event.target.name !== "text"));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      note(false);
    });
    form.addEventListener("reset", (event) => {
      event.preventDefault();
      for (const field of fields) field.value = "";
      apply();
      note(true);
      form.text.focus();
    });
    window.addEventListener("popstate", read);
    window.addEventListener("pagehide", () => { if (waiting) note(false); });
    form.classList.add("cdc-ready");
    read();
  }

  document.querySelectorAll(".cdc-filter").forEach(start);
})();
