import type { Strings } from "../strings";
import { Listener } from "../voice/listen";
import { button, element, hidden, icon } from "./dom";

const LONGEST = 1000;
const NEARLY_FULL = 100;

export interface ComposerActions {
  ask(text: string): void;
  say(text: string): void;
}

/** The box a question is written in, or spoken into. */
export class Composer {
  readonly element = element("form", { class: "composer", autocomplete: "off", novalidate: true });
  readonly #box: HTMLTextAreaElement;
  readonly #note = element("p", { class: "note", id: "composer-note" });
  readonly #listener = new Listener();
  readonly #microphone: HTMLButtonElement;

  constructor(
    private readonly strings: Strings,
    private readonly actions: ComposerActions,
  ) {
    this.#box = element("textarea", {
      id: "composer-box",
      rows: "1",
      lang: "vi",
      enterkeyhint: "send",
      placeholder: strings.placeholder,
      "aria-describedby": "composer-note",
    });
    this.#microphone = button(
      { class: "round microphone", "aria-pressed": "false", hidden: true },
      () => this.#listen(),
      icon("microphone"),
      hidden(strings.speak),
    );
    const send = element("button", { type: "submit", class: "round primary" }, icon("send"));
    send.append(hidden(strings.send));
    this.element.append(
      element("label", { for: "composer-box" }, strings.question),
      element("div", { class: "row" }, this.#box, this.#microphone, send),
      this.#note,
    );
    this.#note.textContent = strings.hint;
    this.element.addEventListener("submit", (event) => this.#submit(event));
    this.#box.addEventListener("input", () => this.#count());
    this.#box.addEventListener("keydown", (event) => this.#enter(event));
  }

  focus(): void {
    this.#box.focus();
  }

  /** Shows or hides the microphone. */
  set voice(on: boolean) {
    this.#microphone.hidden = !on;
    if (!on) this.#listener.abort();
  }

  /** What is written and not sent. */
  get draft(): string {
    return this.#box.value;
  }

  set draft(text: string) {
    this.#box.value = text;
    this.#count();
  }

  #submit(event: Event): void {
    event.preventDefault();
    const text = this.#box.value.trim();
    const over = this.#over();
    if (over > 0) this.actions.say(this.strings.tooLong(over));
    if (!text || over > 0) return this.focus();
    this.#listener.abort();
    this.draft = "";
    this.actions.ask(text);
  }

  /** Enter sends; while letters are being composed (Telex, VNI) it belongs to the keyboard. */
  #enter(event: KeyboardEvent): void {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.element.requestSubmit();
  }

  #over(): number {
    return Array.from(this.#box.value.trim().normalize("NFC")).length - LONGEST;
  }

  #count(): void {
    const over = this.#over();
    if (over > 0) this.#box.setAttribute("aria-invalid", "true");
    else this.#box.removeAttribute("aria-invalid");
    this.#note.classList.toggle("bad", over > 0);
    if (over > 0) this.#note.textContent = this.strings.tooLong(over);
    else if (over > -NEARLY_FULL) this.#note.textContent = this.strings.left(-over);
    else this.#note.textContent = this.strings.hint;
  }

  #listen(): void {
    if (this.#listener.isListening) return this.#listener.stop();
    this.#listener.start({
      heard: (text) => (this.draft = text),
      failed: (denied) => {
        const words = denied ? this.strings.speakDenied : this.strings.speakFailed;
        this.#note.textContent = words;
        this.actions.say(words);
      },
      ended: () => {
        this.#microphone.setAttribute("aria-pressed", "false");
        this.focus();
      },
    });
    this.#microphone.setAttribute("aria-pressed", "true");
    this.#note.textContent = this.strings.speaking;
  }
}
