import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** Records a group of tests that cannot run here, and why; `npm test` counts and prints them in its last line. */
export function notRun(what: string, why: string): void {
  mkdirSync(join(root, 'build'), { recursive: true });
  appendFileSync(join(root, 'build', 'not-run.jsonl'), `${JSON.stringify({ what, why })}\n`);
}
