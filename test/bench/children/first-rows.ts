import { openWorkerClient } from '../../../main/workers/worker-client.ts';

// A fresh process opens the vault as the app does and shows the first page.
const client = await openWorkerClient({
  dir: process.argv[2]!,
  purpose: 'bench',
  onUnexpected: (what, text) => process.stderr.write(`${what}: ${text}\n`),
});
const page = await client.call('runs.list', {
  study: null,
  filter: '',
  sort: null,
  limit: 100,
  cursor: null,
  bin: false,
});
if (page.runs.length !== 100) throw new Error(`${page.runs.length} rows instead of 100`);
// The figure is the time to the rows: closing is not part of it.
process.exit(0);
