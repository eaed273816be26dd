import type { Strings } from "../strings";
import { element } from "./dom";

/** Asks before everything is deleted; resolves to whether the person agreed. */
export function confirmErasure(root: HTMLElement, strings: Strings): Promise<boolean> {
  const form = element(
    "form",
    { method: "dialog" },
    element("h2", { id: "erase-title" }, strings.eraseTitle),
    element("p", { id: "erase-text" }, strings.eraseText),
    element(
      "div",
      { class: "row" },
      element("button", { value: "no", class: "quiet" }, strings.eraseKeep),
      element("button", { value: "yes", class: "danger" }, strings.eraseConfirm),
    ),
  );
  const dialog = element(
    "dialog",
    { class: "confirm", "aria-labelledby": "erase-title", "aria-describedby": "erase-text" },
    form,
  );
  root.append(dialog);
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      resolve(dialog.returnValue === "yes");
      dialog.remove();
    });
    dialog.addEventListener("keydown", (event) => event.stopPropagation());
    dialog.showModal();
  });
}
