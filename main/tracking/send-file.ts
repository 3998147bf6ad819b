import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { openOwnedFile } from '../store/tracking/open-file.ts';
import type { Vault } from '../store/vault.ts';
import { refused } from './artifact-path.ts';
import type { ArtifactPlace } from './artifact-place.ts';
import { notFound } from './mlflow-error.ts';

/**
 * Streams a file of an owner as a download: whatever it holds, no browser is to show it. Throws RESOURCE_DOES_NOT_EXIST, or
 * Refusal `path` when something that is no plain file stands in its place.
 */
export async function sendFile(
  { db, dir }: Vault,
  response: ServerResponse,
  { owner, segments }: ArtifactPlace,
): Promise<void> {
  const opened = await openOwnedFile(db, dir, owner, segments);
  if (opened === null) throw notFound(`No such artifact: '${segments.join('/')}'`);
  if (opened === 'refused') throw refused();
  response.writeHead(200, {
    'Content-Type': 'application/octet-stream',
    'Content-Length': opened.bytes,
    'Content-Disposition': `attachment; filename*=UTF-8''${encoded(segments.at(-1)!)}`,
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'no-store',
  });
  await pipeline(opened.handle.createReadStream({ highWaterMark: 1 << 18 }), response);
}

/** For a header (RFC 8187). */
const encoded = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
