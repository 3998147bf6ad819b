import { artifactsContract } from './artifacts.ts';
import type { GivenOf, InputOf, NamesOf, OutputOf } from './call.ts';
import { commandsContract } from './commands.ts';
import { copyContract } from './copy.ts';
import { datasetsContract } from './datasets.ts';
import { exportsContract } from './exports.ts';
import { hardwareContract } from './hardware.ts';
import { importsContract } from './imports.ts';
import { registryContract } from './registry.ts';
import { runsContract } from './runs.ts';
import { settingsContract } from './settings.ts';
import { trackingContract } from './tracking.ts';
import { trainingContract } from './training.ts';

/** Every call a page can make. A name that is not here does not exist for it. */
export const contract = {
  ...runsContract,
  ...artifactsContract,
  ...copyContract,
  ...datasetsContract,
  ...trainingContract,
  ...commandsContract,
  ...registryContract,
  ...trackingContract,
  ...exportsContract,
  ...importsContract,
  ...hardwareContract,
  ...settingsContract,
};

export type Contract = typeof contract;
export type CallName = keyof Contract;
export type CallInput<K extends CallName> = InputOf<Contract[K]>;
export type CallGiven<K extends CallName> = GivenOf<Contract[K]>;
export type CallOutput<K extends CallName> = OutputOf<Contract[K]>;
export type ReadName = NamesOf<Contract, 'read'>;
export type WriteName = NamesOf<Contract, 'write'>;
export type MainName = NamesOf<Contract, 'main'>;
