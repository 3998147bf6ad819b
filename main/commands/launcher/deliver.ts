import { request } from 'node:http';
import type { SpooledCall } from './spool.ts';

const noTimeMs = 20_000;

/**
 * Hands a spooled call to the tracking server. Resolves also when the server refuses it, which the log then says: it would
 * refuse it again. Rejects when the server cannot be reached or asks to be called later.
 */
export function deliverOver(
  socketPath: string,
  token: string,
  port: number,
  { path, body }: SpooledCall,
  note: (line: string) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = {
      host: `127.0.0.1:${port}`,
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    };
    const call = request({ socketPath, method: 'POST', path, headers, timeout: noTimeMs }, (answer) => {
      answer.resume();
      answer.on('end', () => {
        const status = answer.statusCode ?? 0;
        if (status >= 500 || status === 429 || status === 408) return reject(new Error(`answered ${status}`));
        if (status !== 200) note(`A call to ${path.slice(0, 80)} that had waited was refused with status ${status}.`);
        resolve();
      });
      answer.on('error', reject);
    });
    call.on('timeout', () => call.destroy(new Error('no answer')));
    call.on('error', reject);
    call.end(body);
  });
}
