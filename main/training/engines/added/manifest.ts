import { z } from 'zod';

/** Engines that are not part of Wardbook and can be added to it. */
export const addableId = z.enum(['tensorflow-gpu', 'tensorflow']);
export type AddableId = z.infer<typeof addableId>;

export const manifestName = 'manifest.json';
/** The addon, and the JavaScript that belongs to it. */
export const addonName = 'tfjs_binding.node';
export const backendName = 'backend.cjs';

/** A file in the folder or one folder below it; never a way out of it. */
const path = z.string().regex(/^(?:\w[\w.+-]*\/)?\w[\w.+-]*$/);

export const engineFile = z.strictObject({
  path,
  bytes: z.int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** `manifest.json` of an engine folder, written by `npm run engine:tensorflow`. */
export const engineManifest = z
  .strictObject({
    format: z.literal(1),
    id: addableId,
    versions: z.strictObject({
      /** Package whose sources the addon was built from, with its version. */
      addon: z.string(),
      tensorflow: z.string(),
      /** File names of the Python wheels that the libraries come from. */
      wheels: z.array(z.string()),
    }),
    /** What it was built for. `glibc` is the oldest C library that all of its files can be loaded with, null without glibc. */
    machine: z.strictObject({
      platform: z.string(),
      arch: z.string(),
      glibc: z
        .string()
        .regex(/^\d+\.\d+$/)
        .nullable(),
    }),
    files: z.array(engineFile).min(2).max(500),
  })
  .refine(({ files }) => new Set(files.map((file) => file.path)).size === files.length, 'a file is listed twice')
  .refine(
    ({ files }) => [addonName, backendName].every((name) => files.some((file) => file.path === name)),
    `${addonName} and ${backendName} must be listed`,
  );
export type EngineManifest = z.infer<typeof engineManifest>;
