import type { Stage } from '../../../shared/model/registration.ts';
import { invalid } from '../mlflow-error.ts';

/** Our stages as the protocol names them. */
export const stageJson: Record<Stage, string> = {
  draft: 'None',
  candidate: 'Staging',
  approved: 'Production',
  retired: 'Archived',
};

const names = Object.entries(stageJson) as [Stage, string][];

/** The stage of a name of the protocol, whatever its case. Throws INVALID_PARAMETER_VALUE. */
export function stageOf(given: string): Stage {
  const found = names.find(([, name]) => name.toLowerCase() === given.toLowerCase());
  if (found !== undefined) return found[0];
  const all = names.map(([, name]) => name).join(', ');
  throw invalid(`Invalid Model Version stage: ${given.slice(0, 100)}. Value must be one of ${all}.`);
}
