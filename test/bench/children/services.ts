import { createSampler } from '../../../main/hardware/sampler.ts';
import { openWorkerClient } from '../../../main/workers/worker-client.ts';

// What the app keeps open without a window: the store's workers and the hardware sampler, until it is told to end.
const dir = process.argv[2]!;
const client = await openWorkerClient({
  dir,
  purpose: 'bench',
  onUnexpected: (what, text) => process.stderr.write(`${what}: ${text}\n`),
});
const sampler = createSampler({ folder: dir });
const awake = setInterval(() => sampler.look(), 10_000);
process.once('SIGTERM', () => {
  clearInterval(awake);
  sampler.close();
  void client.close();
});
