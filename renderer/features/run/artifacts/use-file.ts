import { useQuery } from '@tanstack/react-query';
import { maxArtifactRange } from '../../../../shared/contract/artifacts.ts';
import type { AppError } from '../../../../shared/errors.ts';
import { api } from '../../../api.ts';

export type LoadedFile = { bytes: Uint8Array<ArrayBuffer>; size: number };

/** The first `limit` bytes of an artifact, read range by range; kept no longer than it is in view. */
export function useFile(id: string, path: string, limit: number, enabled = true) {
  return useQuery<LoadedFile, AppError>({
    queryKey: ['artifacts.read', { id, path, limit }],
    queryFn: ({ signal }) => readFile(id, path, limit, signal),
    gcTime: 0,
    enabled,
  });
}

async function readFile(id: string, path: string, limit: number, signal: AbortSignal): Promise<LoadedFile> {
  const parts: Uint8Array[] = [];
  let at = 0;
  let size = 0;
  do {
    const length = Math.min(maxArtifactRange, limit - at);
    const range = await api.call('artifacts.read', { id, path, from: at, length });
    signal.throwIfAborted();
    size = range.size;
    if (range.bytes.length === 0) break;
    parts.push(range.bytes);
    at += range.bytes.length;
  } while (at < Math.min(size, limit));
  const bytes = new Uint8Array(at);
  let to = 0;
  for (const part of parts) {
    bytes.set(part, to);
    to += part.length;
  }
  return { bytes, size };
}
