import { en } from "./en";
import { vi, type Strings } from "./vi";

export type { Strings };
export type Language = "vi" | "en";

/** Returns the words of a language. */
export function stringsFor(language: Language): Strings {
  return language === "en" ? en : vi;
}
