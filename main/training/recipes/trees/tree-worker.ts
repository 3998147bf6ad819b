import { workerData } from 'node:worker_threads';
import type { BoostingArena } from './boosting/arena.ts';
import { boostingKernel } from './boosting/kernel.ts';
import { serve } from './crew/control.ts';
import type { CrewData } from './crew/crew.ts';

// Entry of the threads that help the trainer with trees.
const data = workerData as CrewData<unknown>;
if (data.kind === 'boosting') serve(data.control, boostingKernel(data.arena as BoostingArena));
