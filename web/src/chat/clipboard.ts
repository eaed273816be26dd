import { element } from "./dom";

/** Copies text; says whether the browser let us. */
export async function copyText(text: string, near: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text, near);
  }
}

/** Pages without HTTPS have no clipboard API. */
function copyBySelection(text: string, near: HTMLElement): boolean {
  const box = element("textarea", { class: "hidden", "aria-hidden": "true", tabindex: "-1" });
  box.value = text;
  near.after(box);
  box.select();
  const copied = document.execCommand("copy");
  box.remove();
  near.focus();
  return copied;
}
