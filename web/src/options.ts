import type { Language } from "./strings";

/** What a website can set on the script tag; every option is explained in docs/web.md. */
export interface WidgetOptions {
  origin: string;
  title: string | undefined;
  greeting: string | undefined;
  topic: string | undefined;
  colour: string | undefined;
  language: Language;
  position: "left" | "right";
  theme: "auto" | "light" | "dark";
  font: "own" | "system";
}

const TOPIC = /^[a-z]+\/[a-z0-9_]+$/;

/** Reads the options of a script tag; one that cannot be used is left out and named in the console. */
export function readOptions(script: HTMLScriptElement): WidgetOptions {
  const { dataset } = script;
  return {
    origin: new URL(script.src).origin,
    title: dataset["title"],
    greeting: dataset["greeting"],
    topic: matching("topic", dataset["topic"], TOPIC),
    colour: matching("colour", dataset["colour"], /^#([\da-f]{3}|[\da-f]{6})$/i),
    language: oneOf("language", dataset["language"], ["vi", "en"]),
    position: oneOf("position", dataset["position"], ["right", "left"]),
    theme: oneOf("theme", dataset["theme"], ["auto", "light", "dark"]),
    font: oneOf("font", dataset["font"], ["own", "system"]),
  };
}

function matching(name: string, value: string | undefined, shape: RegExp): string | undefined {
  if (value === undefined || shape.test(value)) return value;
  warn(name, value);
  return undefined;
}

function oneOf<T extends string>(name: string, value: string | undefined, allowed: [T, ...T[]]): T {
  const found = allowed.find((option) => option === value);
  if (value !== undefined && !found) warn(name, value);
  return found ?? allowed[0];
}

function warn(name: string, value: string): void {
  console.warn(`ictbot widget: data-${name}="${value}" cannot be used, see docs/web.md`);
}
