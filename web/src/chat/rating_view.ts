import type { Strings } from "../strings";
import { button, element, icon } from "./dom";

export interface RatingActions {
  rate(rating: "up" | "down", comment?: string): Promise<void>;
  say(text: string): void;
  explain(error: unknown): string;
}

/** Draws the two thumbs, then a box for a comment. */
export function drawRating(strings: Strings, actions: RatingActions): HTMLElement[] {
  const status = element("p", { class: "rating-status" });
  const give = async (rating: "up" | "down", thanks: string, comment?: string) => {
    try {
      await actions.rate(rating, comment);
      tell(thanks);
      return true;
    } catch (error) {
      tell(actions.explain(error));
      return false;
    }
  };
  const tell = (text: string) => {
    status.textContent = text;
    actions.say(text);
  };
  let given: "up" | "down" = "up";
  const form = drawComment(strings, async (comment) => {
    if (await give(given, strings.thanksComment, comment)) {
      form.hidden = true;
      thumbs.find((thumb) => thumb.value === given)?.focus();
    }
  });
  const thumbs = (["up", "down"] as const).map((rating) =>
    button(
      { class: "quiet", value: rating, "aria-pressed": "false" },
      async () => {
        if (!(await give(rating, strings.thanks))) return;
        given = rating;
        for (const thumb of thumbs) thumb.setAttribute("aria-pressed", String(thumb.value === rating));
        form.hidden = false;
      },
      icon(rating === "up" ? "yes" : "no"),
      element("span", {}, strings[rating]),
    ),
  );
  return [...thumbs, form, status];
}

function drawComment(strings: Strings, send: (comment: string) => void): HTMLFormElement {
  const box = element("textarea", { rows: "2", maxlength: "1000", lang: "vi" });
  const form = element(
    "form",
    { class: "comment", hidden: true },
    element("label", {}, element("span", {}, strings.comment), box),
    element("button", { type: "submit", class: "quiet" }, strings.commentSend),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(box.value.trim());
  });
  return form;
}
