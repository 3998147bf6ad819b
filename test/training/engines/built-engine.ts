import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The engine folder to test with: WARDBOOK_TEST_ENGINE, or what `npm run engine:tensorflow` has built; null without one. */
export function builtEngine(): string | null {
  const named = process.env['WARDBOOK_TEST_ENGINE'];
  const folder = named || join(import.meta.dirname, '..', '..', '..', 'build', 'engines', 'tensorflow');
  return existsSync(join(folder, 'manifest.json')) ? folder : null;
}
