import { z } from 'zod';
import type { Failure } from '../errors.ts';
import { call } from './call.ts';

/** Who talks to the tracking server, and what it turned away. Times in ms since 1970. */
export type TrackingStatus = {
  requests: number;
  /** The names clients give themselves, the one heard of last first. */
  clients: { name: string; requests: number; lastAt: number }[];
  refused: { reason: string; count: number; lastAt: number }[];
};

export type TrackingFacts = {
  /** As the setting says. */
  on: boolean;
  /** Null while it is off, starting, or could not start. */
  server: { url: string; token: string } | null;
  /** Why it could not start. */
  failure: Failure | null;
  status: TrackingStatus;
};

export const trackingContract = {
  'tracking.facts': call<TrackingFacts>()('main', z.strictObject({})),
  /** Answers once the server listens or has ended. */
  'tracking.switch': call<TrackingFacts>()('main', z.strictObject({ on: z.boolean() })),
  /** A new token in the place of the old one, which is refused from then on. */
  'tracking.revoke': call<TrackingFacts>()('main', z.strictObject({})),
};
