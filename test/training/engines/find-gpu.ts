import { openGpu } from '../../../main/training/engines/open-gpu.ts';

// Prints the adapter that would be used, or why there is none.
const found = await openGpu().then(
  (gpu) => ({ found: gpu, message: '' }),
  (error: Error) => ({ found: null, message: error.message }),
);
process.stdout.write(JSON.stringify(found));
process.exit(0);
