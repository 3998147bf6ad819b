import type { z } from 'zod';

/**
 * Where a call runs: `read` in a query worker on a read-only connection, `write` in the vault worker (the one writer),
 * `main` in the main process itself (dialogs, supervision, hardware, window).
 */
export type CallKind = 'read' | 'write' | 'main';

/**
 * A call is declared once. The input is parsed at the door; the output is a type only, since it comes from our own code
 * and may hold typed arrays.
 */
export type Call<Kind extends CallKind = CallKind, In extends z.ZodType = z.ZodType, Out = unknown> = {
  kind: Kind;
  input: In;
  /** Never present at run time: carries the output type. */
  output?: Out;
};

export const call =
  <Out>() =>
  <Kind extends CallKind, In extends z.ZodType>(kind: Kind, input: In): Call<Kind, In, Out> => ({ kind, input });

export type Calls = Record<string, Call>;
/** What a caller gives: what has a default can be left out. */
export type GivenOf<C> = C extends Call<CallKind, infer In, unknown> ? z.input<In> : never;
export type InputOf<C> = C extends Call<CallKind, infer In, unknown> ? z.output<In> : never;
export type OutputOf<C> = C extends Call<CallKind, z.ZodType, infer Out> ? Out : never;

/** Names of the calls of one kind in a table of calls. */
export type NamesOf<T extends Calls, Kind extends CallKind> = {
  [K in keyof T]: T[K]['kind'] extends Kind ? K : never;
}[keyof T];
