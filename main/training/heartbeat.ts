import { Worker } from 'node:worker_threads';

/**
 * Writes a NUL byte to stdout every second from a thread of its own, so that the supervisor tells a trainer that computes for
 * minutes from one that is stopped or hangs in the kernel. When nobody reads any more it ends the process: a trainer in the
 * middle of a long computation does not outlive its parent either.
 */
const source = `
const { writeSync } = require('node:fs');
setInterval(() => {
  try { writeSync(1, '\\0'); } catch (error) {
    if (error.code !== 'EAGAIN') process.kill(process.pid, 'SIGKILL');
  }
}, 1000);
`;

export function startHeartbeat(): void {
  new Worker(source, { eval: true, resourceLimits: { maxOldGenerationSizeMb: 16 } }).unref();
}
