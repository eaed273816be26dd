type Attributes = Record<string, string | boolean | undefined>;

/** Makes an element; text is only ever text, `false` and `undefined` attributes are left out. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}

/** Makes a button that does something. */
export function button(
  attributes: Attributes,
  action: (event: Event) => void,
  ...children: (Node | string)[]
): HTMLButtonElement {
  const made = element("button", { type: "button", ...attributes }, ...children);
  made.addEventListener("click", action);
  return made;
}

/** Makes text for screen readers only. */
export function hidden(text: string): HTMLElement {
  return element("span", { class: "hidden" }, text);
}

const ICONS = {
  bubble: ["M4 5h16v12H10l-4 4v-4H4z", "M7.5 10c1.5-1.5 3-1.5 4.5 0s3 1.5 4.5 0"],
  close: ["M6 6l12 12M18 6L6 18"],
  more: ["M5 12h.01M12 12h.01M19 12h.01"],
  send: ["M4 12h15M13 6l6 6-6 6"],
  down: ["M12 5v14M6 13l6 6 6-6"],
  yes: ["M7 21H3V10h4m0 11V10l5-8c2 0 3 1 2 4l-1 4h6c2 0 2 1 2 3l-2 6c0 1-1 2-3 2z"],
  no: ["M17 3h4v11h-4m0-11v11l-5 8c-2 0-3-1-2-4l1-4H5c-2 0-2-1-2-3l2-6c0-1 1-2 3-2z"],
  copy: ["M9 9h11v12H9z", "M5 15H4V3h11v1"],
  sound: ["M4 9v6h4l5 4V5L8 9z", "M16.5 9a4 4 0 0 1 0 6M19 6.5a8 8 0 0 1 0 11"],
  stop: ["M7 7h10v10H7z"],
  microphone: ["M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3z", "M5 11a7 7 0 0 0 14 0M12 18v3"],
} as const;

export type Icon = keyof typeof ICONS;

/** Draws an icon; it says nothing to a screen reader. */
export function icon(name: Icon): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  for (const line of ICONS[name]) {
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", line);
    svg.append(path);
  }
  return svg;
}
