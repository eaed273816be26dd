import type { Message } from "../api/types";
import type { Strings } from "../strings";
import type { Speaker } from "../voice/speak";
import { copyText } from "./clipboard";
import { button, element, icon } from "./dom";
import { drawRating, type RatingActions } from "./rating_view";
import { plain, spoken } from "./reply_view";

export interface ToolActions extends RatingActions {
  /** Given only when the person has turned voice on and the browser can speak. */
  speaker(): Speaker | null;
}

/** Draws what can be done with an answer: rate, copy, hear. */
export function drawTools(message: Message, strings: Strings, actions: ToolActions): HTMLElement {
  const tools = element("div", {
    class: "tools",
    role: "group",
    "aria-label": strings.answerTools,
  });
  tools.append(...drawRating(strings, actions), drawCopy(message, strings, actions));
  const speaker = actions.speaker();
  if (speaker) tools.append(drawListen(message, strings, speaker));
  return tools;
}

function drawCopy(message: Message, strings: Strings, actions: ToolActions): HTMLElement {
  const made = button(
    { class: "quiet copy" },
    async () => {
      const copied = await copyText(plain(message.replies, strings), made);
      actions.say(copied ? strings.copied : strings.copyFailed);
      label.textContent = copied ? `${strings.copy} ✓` : strings.copyFailed;
    },
    icon("copy"),
  );
  const label = element("span", {}, strings.copy);
  made.append(label);
  return made;
}

function drawListen(message: Message, strings: Strings, speaker: Speaker): HTMLElement {
  let reading = false;
  const label = element("span", {}, strings.listen);
  const made = button(
    { class: "quiet listen" },
    () => {
      if (reading) return speaker.stop();
      speaker.speak(spoken(message.replies, strings), () => show(false));
      show(true);
    },
    icon("sound"),
    label,
  );
  const show = (on: boolean) => {
    reading = on;
    label.textContent = on ? strings.stopListening : strings.listen;
    made.querySelector("svg")?.replaceWith(icon(on ? "stop" : "sound"));
  };
  return made;
}
