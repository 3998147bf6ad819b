// A writer that meets a full disk: appends until it is refused, waits to be told that there is room, and goes on.
// Arguments: vault, run. Tells its parent of each outcome.
import { once } from 'node:events';
import { openVault } from '../../main/store/open-vault.ts';
import { toFailure } from '../../shared/errors.ts';
import { point } from './vault-fixture.ts';

const [dir, run] = process.argv.slice(2) as [string, string];
const vault = openVault(dir, { purpose: 'test' });
let acknowledged = 0;

async function append(): Promise<string | null> {
  const points = Array.from({ length: 5_000 }, (_, i) => {
    const step = acknowledged + i;
    return point('loss', step, Math.sin(step), 1_000_000 * Math.floor(Math.sin(step) * 1_000_000));
  });
  try {
    await vault.metrics.append(run, points);
    acknowledged += points.length;
    return null;
  } catch (error) {
    return toFailure(error).code;
  }
}

let refused: string | null = null;
while (refused === null) refused = await append();
const again = await append();
process.send?.({ refused, again, acknowledged });
await once(process, 'message');
const afterwards = await append();
vault.close();
process.send?.({ afterwards, acknowledged });
