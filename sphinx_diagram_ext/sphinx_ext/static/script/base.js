const TEXT = /* texts */ {};
const say = (key) => TEXT[key] || key;
const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};

const narrow = window.matchMedia("(max-width: 40em)");
const isShown = (element) => element.getClientRects().length > 0 && getComputedStyle(element).visibility === "visible";

// A node of the wide form and the same node of the narrow one; style shows one of them.
function both(figure, name) {
  const twin = `${figure.id}-narrow${name.slice(figure.id.length)}`;
  return [name, twin].map((id) => document.getElementById(id)).filter((node) => figure.contains(node));
}
