import { rmSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { readSettings } from '../store/settings.ts';
import { placeUpload } from '../store/tracking/owned-files.ts';
import { receiveUpload } from '../store/tracking/receive-upload.ts';
import { refused } from './artifact-path.ts';
import { type ArtifactPlace, checkWritable } from './artifact-place.ts';
import type { Allowance } from './artifact-quota.ts';
import { Refusal } from './refusal.ts';
import type { RouteContext } from './route.ts';

/** An upload may last for hours, but not stand still. */
const idleMs = 60_000;

/** Streams the body of a request to its place; acknowledged means in place and recorded. `look` is asked again when it has come. */
export async function takeUpload(
  { vault, write }: RouteContext,
  request: IncomingMessage,
  look: () => ArtifactPlace,
  allowance: Allowance,
): Promise<void> {
  const durable = readSettings(vault.db).durability === 'full';
  try {
    const upload = await receiveUpload(vault.dir, piecesOf(request), allowance.take, durable);
    try {
      // Meanwhile the run may have been deleted.
      const placed = await write(({ db }) => {
        const { owner, segments } = look();
        checkWritable(owner);
        return placeUpload(db, vault.dir, owner, segments, upload);
      });
      if (!placed) throw refused();
    } finally {
      rmSync(upload.file, { force: true });
    }
  } finally {
    allowance.release();
  }
}

/** The body in pieces. A refusal of one leaves the connection open, so that it can be answered. */
async function* piecesOf(request: IncomingMessage): AsyncGenerator<Uint8Array> {
  const idle = setTimeout(() => request.destroy(new Refusal('too-slow', 400, 'The upload stood still.')), idleMs);
  try {
    for await (const piece of request.iterator({ destroyOnReturn: false })) {
      idle.refresh();
      yield piece as Uint8Array;
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal('cut-off', 400, 'The request ended before its body was whole.');
  } finally {
    clearTimeout(idle);
  }
}

/**
 * Reads on past a refusal and forgets what comes: a client that still sends would see a broken connection instead of the answer,
 * and try again for minutes.
 */
export async function readToEnd(request: IncomingMessage, longestMs: number): Promise<void> {
  if (request.complete || request.destroyed) return;
  await new Promise<void>((resolve) => {
    const late = setTimeout(done, longestMs);
    function done(): void {
      clearTimeout(late);
      request.off('end', done).off('close', done).off('error', done).pause();
      resolve();
    }
    request.on('end', done).on('close', done).on('error', done).resume();
  });
}
