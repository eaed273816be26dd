/** The part of the Web Speech API that is used; TypeScript's own library does not have it. */
interface Recognition extends EventTarget {
  lang: string;
  interimResults: boolean;
  maxAlternatives: number;
  start(): void;
  stop(): void;
  abort(): void;
}

interface RecognitionResult extends Event {
  results: ArrayLike<ArrayLike<{ transcript: string }>>;
}

interface RecognitionFailure extends Event {
  error: string;
}

type RecognitionMaker = new () => Recognition;

function maker(): RecognitionMaker | undefined {
  const names = window as unknown as Record<string, RecognitionMaker | undefined>;
  return names["SpeechRecognition"] ?? names["webkitSpeechRecognition"];
}

export function canListen(): boolean {
  return maker() !== undefined;
}

export interface Hearing {
  heard(text: string): void;
  failed(denied: boolean): void;
  ended(): void;
}

/** Turns what is spoken in Vietnamese into text. */
export class Listener {
  #running: Recognition | null = null;

  get isListening(): boolean {
    return this.#running !== null;
  }

  start(hearing: Hearing): void {
    const Made = maker();
    if (!Made || this.#running) return;
    const recognition = new Made();
    recognition.lang = "vi-VN";
    recognition.interimResults = true;
    recognition.maxAlternatives = 1;
    recognition.addEventListener("result", (event) => {
      const { results } = event as RecognitionResult;
      hearing.heard(Array.from(results, (result) => result[0]?.transcript ?? "").join(""));
    });
    recognition.addEventListener("error", (event) => {
      const { error } = event as RecognitionFailure;
      if (error !== "aborted") hearing.failed(error.startsWith("not-allowed"));
    });
    recognition.addEventListener("end", () => {
      this.#running = null;
      hearing.ended();
    });
    this.#running = recognition;
    recognition.start();
  }

  stop(): void {
    this.#running?.stop();
  }

  abort(): void {
    this.#running?.abort();
  }
}
