import type { StartChild } from '../platform/child.ts';
import type { Host } from './host.ts';

const onElectron = process.versions['electron'] !== undefined;

/**
 * Electron where the program runs on it, the Chromium host elsewhere. Product code takes what it gets and never asks which.
 * The annotation is the check that Electron's declarations still satisfy `Host`.
 */
export const host: Host = onElectron ? await import('electron') : (await import('./chromium/index.ts')).chromiumHost;

/** Starts children where `fork` cannot (Electron's RunAsNode fuse is off); null where it can. */
export const childStarter: StartChild | null = onElectron ? (await import('./utility-child.ts')).utilityChild : null;

/** For `app.facts` and the record only. */
export const hostName = onElectron ? 'electron' : 'chromium';
