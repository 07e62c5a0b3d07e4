// What a page with hostile diagrams holds that it should not.
(allowed) => {
  const wrong = [];
  const fire = (element) => {
    for (const name of ["mouseover", "focus", "toggle", "load", "error", "animationstart", "dragstart"]) {
      element.dispatchEvent(new Event(name));
    }
  };
  for (const figure of document.querySelectorAll("figure.cdc-diagram")) {
    for (const element of figure.querySelectorAll("*")) {
      const name = element.localName;
      if (!allowed.includes(name)) wrong.push(`element ${name} in ${figure.id}`);
      for (const attribute of element.attributes) {
        const value = attribute.value;
        if (/^on|^style$|^src|^action|^formaction|^srcdoc/i.test(attribute.name)) {
          wrong.push(`${name}[${attribute.name}="${value}"] in ${figure.id}`);
        }
        if (/href$/.test(attribute.name) && !/^(https?:|mailto:|#|[^:]*$)/.test(value)) {
          wrong.push(`${name} leads to ${value} in ${figure.id}`);
        }
        if (/url\((?!#)/i.test(value) && element.namespaceURI.endsWith("svg") && !/^aria|^data|^title/.test(attribute.name)) {
          wrong.push(`${name}[${attribute.name}="${value}"] in ${figure.id}`);
        }
      }
      fire(element);
    }
  }
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
  return { wrong, twice, figures: document.querySelectorAll("figure.cdc-diagram").length,
           pictures: document.querySelectorAll("figure.cdc-diagram .cdc-frame:has(> svg)").length, scripts: document.scripts.length };
}
