import type { components } from "./schema";

type Schemas = components["schemas"];

export type Ask = Schemas["Ask"];
export type Answer = Schemas["Answer"];
export type Message = Schemas["Message"];
export type Reply = Schemas["Reply"];
export type Source = Schemas["Source"];
export type Titled = Schemas["Titled"];
export type Topic = Schemas["Topic"];
export type Feedback = Schemas["Feedback"];
export type Problem = Schemas["Problem"];
export type Token = Schemas["Token"];
