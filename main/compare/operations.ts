import type { CallInput } from '../../shared/contract/index.ts';
import type { ReadableVault } from '../store/vault.ts';
import { compareRuns } from './compare-runs.ts';
import { subgroups } from './groups/subgroups.ts';
import { worstRows } from './worst/worst-rows.ts';

/** The calls that compare answers. */
export const compareOperations = {
  'runs.compare': (vault: ReadableVault, input: CallInput<'runs.compare'>) => compareRuns(vault, input),
  'runs.subgroups': (vault: ReadableVault, input: CallInput<'runs.subgroups'>) => subgroups(vault, input),
  'runs.worst': (vault: ReadableVault, input: CallInput<'runs.worst'>) => worstRows(vault, input),
};
