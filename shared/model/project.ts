import { z } from 'zod';
import { paramValue } from './run.ts';

const name = z.string().regex(/^[A-Za-z][\w.-]{0,63}$/, 'a name begins with a letter and has letters, digits, _ . -');

const number = { min: z.number().optional(), max: z.number().optional() };

/** A param of an entry: its type, and what values it takes. Without a default it must be given. */
export const projectParam = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('integer'), default: z.int().optional(), ...number, help: z.string().optional() }),
  z.strictObject({ type: z.literal('number'), default: z.number().optional(), ...number, help: z.string().optional() }),
  z.strictObject({ type: z.literal('boolean'), default: z.boolean().optional(), help: z.string().optional() }),
  z.strictObject({ type: z.literal('string'), default: z.string().optional(), help: z.string().optional() }),
  z.strictObject({
    type: z.literal('choice'),
    choices: z.array(z.string()).min(1),
    default: z.string().optional(),
    help: z.string().optional(),
  }),
]);
export type ProjectParam = z.infer<typeof projectParam>;

export const projectEntry = z.strictObject({
  /** Words of the command; `{name}` in a word stands for a param's value. */
  command: z.array(z.string().min(1)).min(1),
  help: z.string().optional(),
  study: z.string().min(1).max(200).optional(),
  params: z.record(name, projectParam).default({}),
});
export type ProjectEntry = z.infer<typeof projectEntry>;

/** `wardbook.project.yaml`. */
export const projectFile = z.strictObject({ entries: z.record(name, projectEntry) });
export type ProjectFile = z.infer<typeof projectFile>;

export const entryValues = z.record(z.string(), paramValue);
export type EntryValues = z.infer<typeof entryValues>;
