import { z } from 'zod';
import { entryValues, type ProjectEntry } from '../model/project.ts';
import { call } from './call.ts';

/** A folder that a person chose; its path stays in main (PRIVACY E18). */
export type ChosenFolder = {
  handle: string;
  name: string;
  /** Entries of its `wardbook.project.yaml`, by name; null without one. */
  entries: Record<string, ProjectEntry> | null;
  /** Why the file cannot be used. */
  problem: string | null;
};

/** Whether this machine can switch the network off for one command, by what means or why not. */
export type NetworkOffer = { off: boolean; how: string };

export const startCommandWish = z.strictObject({
  folder: z.string().regex(/^[0-9a-f]{32}$/),
  /** The words of a command, or an entry of the folder's project with its values. */
  run: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('command'), argv: z.array(z.string().max(32_768)).min(1).max(2_000) }),
    z.strictObject({ kind: z.literal('entry'), name: z.string(), values: entryValues }),
  ]),
  study: z.string().max(200),
  name: z.string().max(200).nullable(),
  /** Why the command may reach the network, this once; null: it may not. */
  allowNetwork: z.string().min(1).max(500).nullable(),
});
export type StartCommandWish = z.infer<typeof startCommandWish>;

export const commandsContract = {
  /** Opens the folder dialog; null when the person cancels it. */
  'commands.chooseFolder': call<ChosenFolder | null>()('main', z.strictObject({})),
  'commands.network': call<NetworkOffer>()('main', z.strictObject({})),
  'commands.start': call<{ id: string }>()('main', startCommandWish),
};
