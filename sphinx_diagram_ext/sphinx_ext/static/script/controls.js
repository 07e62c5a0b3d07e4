// -- controls -----------------------------------------------------------------------------------

function controls(figure, frame, forms) {
  const zoom = zoomer(frame, forms);
  const [svg] = forms;
  const status = make("span", { class: "cdc-status", role: "status" });
  const whole = () => (document.fullscreenElement ? document.exitFullscreen() : figure.requestFullscreen());
  const link = () => copy(`${location.href.split("#")[0]}#${figure.id}`, status);
  const wanted = [
    ["+", "larger", zoom.larger],
    ["−", "smaller", zoom.smaller],
    [icon("M1 13L13 1M8 1h5v5M6 13H1V8"), "fit", zoom.fit],
    ...(figure.requestFullscreen ? [[icon("M1 5V1h4M9 1h4v4M13 9v4H9M5 13H1V9"), "full", whole]] : []),
    ["#", "link", link],
    [icon("M7 1v8M4 6l3 3 3-3M1 10v3h12v-3"), "svg", () => savePicture(svg, figure.id)],
    [icon("M1 1h12v12H1zM1 11l4-4 3 3 2-2 3 3M9.5 4.5h.1"), "png", () => savePixels(svg, figure.id)],
  ];
  const bar = make("div", { class: "cdc-controls", role: "toolbar", "aria-label": say("controls") });
  for (const [sign, key, act] of wanted) {
    const button = make("button", { type: "button", "aria-label": say(key), title: say(key) }, sign);
    button.addEventListener("click", act);
    bar.append(button);
  }
  rove(bar);
  bar.append(status);
  frame.parentElement.append(bar);
  const source = figure.querySelector(".cdc-data .cdc-mermaid");
  if (!source) return;
  const button = make("button", { type: "button", class: "cdc-copy-mermaid" }, say("mermaid"));
  const said = make("span", { class: "cdc-status", role: "status" });
  button.addEventListener("click", () => copy(source.textContent, said));
  source.before(make("p", {}, button, said));
}

// A toolbar is one stop of the Tab key; arrows go through it.
// https://www.w3.org/WAI/ARIA/apg/patterns/toolbar/
function rove(bar) {
  const buttons = [...bar.children];
  const reach = (wanted) => buttons.forEach((button) => { button.tabIndex = button === wanted ? 0 : -1; });
  bar.addEventListener("focusin", (event) => { if (buttons.includes(event.target)) reach(event.target); });
  bar.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(event.target);
    const steps = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 };
    if (at < 0 || !(event.key in steps)) return;
    event.preventDefault();
    buttons.at(steps[event.key] % buttons.length).focus();
  });
  reach(buttons[0]);
}
