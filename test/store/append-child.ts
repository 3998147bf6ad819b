// A writer to be killed: appends points until then and notes each acknowledged call in a file of its own.
// Arguments: vault, run, number of this writer, file for acknowledgements, `paced` or `fast`.
import { openSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { openVault } from '../../main/store/open-vault.ts';
import { ackLine, keyOf, pointOf, seriesCount } from './append-plan.ts';

const [dir, run, number, ackFile, pace] = process.argv.slice(2) as [string, string, string, string, string];
const vault = openVault(dir, { purpose: 'test' });
const acks = openSync(ackFile, 'a');
const writer = Number(number);
let next = 0;
let turn = 0;

async function appendOnce(): Promise<void> {
  const series = turn % seriesCount;
  const count = 1 + ((turn * 37) % 200);
  const first = next;
  next += count;
  turn += 1;
  const points = Array.from({ length: count }, (_, i) => pointOf(keyOf(series), writer, first + i));
  const committed = vault.metrics.append(run, points);
  // A transaction each: the journal soon has so many rows that folding goes on all the time.
  if (pace === 'fast') vault.metrics.flush();
  await committed;
  writeSync(acks, ackLine(series, first, count));
}

process.on('disconnect', () => process.exit(0));
await appendOnce();
process.send?.('ready');
for (;;) {
  await Promise.all([appendOnce(), appendOnce(), appendOnce()]);
  await sleep(pace === 'fast' ? 0 : 40);
}
