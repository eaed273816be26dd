export function canSpeak(): boolean {
  return typeof speechSynthesis !== "undefined" && typeof SpeechSynthesisUtterance !== "undefined";
}

/** Reads Vietnamese text out; one text at a time. */
export class Speaker {
  #ended: (() => void) | null = null;

  speak(text: string, ended: () => void): void {
    this.stop();
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.lang = "vi-VN";
    const voice = speechSynthesis.getVoices().find(({ lang }) => /^vi\b/i.test(lang));
    if (voice) utterance.voice = voice;
    this.#ended = ended;
    for (const name of ["end", "error"] as const) {
      utterance.addEventListener(name, () => this.#finish(ended));
    }
    speechSynthesis.speak(utterance);
  }

  stop(): void {
    const ended = this.#ended;
    if (!ended) return;
    speechSynthesis.cancel();
    this.#finish(ended);
  }

  #finish(ended: () => void): void {
    if (this.#ended !== ended) return;
    this.#ended = null;
    ended();
  }
}
