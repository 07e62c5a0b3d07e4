"use strict";
// A block that scrolls can be reached by keyboard (WCAG 2.2, 2.1.1), one that does not is no stop of the Tab key.
(() => {
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const scrolls = target.scrollWidth > target.clientWidth;
      if (scrolls) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    }
  });
  for (const block of document.querySelectorAll("article :is(pre, .table-wrapper)")) observer.observe(block);
})();
