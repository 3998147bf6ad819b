import { z } from 'zod';
import { call } from './call.ts';

export const settings = z.strictObject({
  siteLabel: z.string().regex(/^$|^[A-Za-z][A-Za-z0-9 _.-]{0,63}$/),
  theme: z.enum(['system', 'light', 'dark']),
  size: z.enum(['normal', 'large']),
  /** FULL survives a power cut of the last moments, NORMAL a crash of any process. */
  durability: z.enum(['normal', 'full']),
  /** What all runs that train may use together; null: every core, and nine tenths of the GPU's memory. */
  trainingCores: z.int().min(1).max(1024).nullable(),
  trainingGpuMemoryMiB: z.int().min(64).nullable(),
  /** Whether the app serves scripts that log with mlflow, and at which port (null: any that is free). */
  trackingServer: z.boolean(),
  trackingPort: z.int().min(1024).max(65_535).nullable(),
  /** What files that scripts log may take together. */
  artifactQuotaGiB: z.int().min(1).max(1_000_000),
  /** Where local copies may be written: nowhere, on disks of this machine, or in any folder. */
  localCopies: z.enum(['off', 'this-machine', 'anywhere']),
  /** Whether runs may be sent to a tracking server of this machine. */
  replay: z.enum(['off', 'this-machine']),
});
export type Settings = z.infer<typeof settings>;

export type AppFacts = {
  version: string;
  commit: string | null;
  host: 'electron' | 'chromium';
  vault: { path: string; bytes: number; encryption: 'none' };
  keys: { protection: 'keyring' | 'unprotected'; publicKey: string; keyId: string };
  /** Attempts by a page to reach another origin, each refused. */
  connectionsRefused: number;
  /** Facts a person must know, each a sentence: runs as root without Chromium's sandbox, unprotected key. */
  notices: string[];
};

/** What a link from outside leads to: a run by its id, or a study by the number that clients know its experiment by. */
export type LinkTarget = { run: string } | { study: number };

export const settingsContract = {
  'settings.get': call<Settings>()('read', z.strictObject({})),
  'settings.set': call<Settings>()('write', settings.partial()),
  'app.facts': call<AppFacts>()('main', z.strictObject({})),
  /** The link from outside that waits to be followed, once; null when there is none. */
  'app.takeLink': call<LinkTarget | null>()('main', z.strictObject({})),
  /** Names of saved views of the runs table, each an opaque JSON string of the screen's own. */
  'views.list': call<{ name: string; state: string }[]>()('read', z.strictObject({})),
  'views.save': call<null>()(
    'write',
    z.strictObject({ name: z.string().min(1).max(80), state: z.string().max(20_000) }),
  ),
  'views.delete': call<null>()('write', z.strictObject({ name: z.string() })),
};
