import { randomBytes } from 'node:crypto';

/** 32 lower-case hex digits from the system's random source: run ids, handles, writer ids. */
export const newId = (): string => randomBytes(16).toString('hex');
