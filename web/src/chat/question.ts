import type { Ask } from "../api/types";
import type { TabStore } from "../store";

/** How far a question has come; `note` of a refused one says why, in words for the person. */
export type Progress =
  | { state: "sending" }
  | { state: "waiting" }
  | { state: "answered" }
  | { state: "refused"; note: string };

/** What a person asked. The same `id` is never taken twice by the server. */
export interface Question {
  readonly id: string;
  readonly text: string;
  /** The id of the choice taken, when it was not typed. */
  readonly choice?: string;
  progress: Progress;
}

const KEY = "outbox";

export function newQuestion(text: string, choice?: string): Question {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  const id = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const question: Question = { id, text, progress: { state: "sending" } };
  return choice === undefined ? question : { ...question, choice };
}

export function askOf({ id, text, choice }: Question): Ask {
  const what = choice === undefined ? { text } : { choice };
  return { ...what, client_message_id: id } as Ask;
}

/** Questions that have no answer yet, in order; they outlive a reload of the page. */
export class Outbox {
  readonly questions: Question[];

  constructor(private readonly store: TabStore) {
    this.questions = restore(store.get(KEY));
  }

  add(question: Question): void {
    this.questions.push(question);
    this.#save();
  }

  remove(question: Question): void {
    const place = this.questions.indexOf(question);
    if (place >= 0) this.questions.splice(place, 1);
    this.#save();
  }

  clear(): void {
    this.questions.length = 0;
    this.#save();
  }

  #save(): void {
    if (this.questions.length === 0) return this.store.remove(KEY);
    const kept = this.questions.map(({ id, text, choice }) => ({ id, text, choice }));
    this.store.set(KEY, JSON.stringify(kept));
  }
}

function restore(saved: string | null): Question[] {
  if (!saved) return [];
  const kept = JSON.parse(saved) as Pick<Question, "id" | "text" | "choice">[];
  return kept.map((question) => ({ ...question, progress: { state: "waiting" } }));
}
