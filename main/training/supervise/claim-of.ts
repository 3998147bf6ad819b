import { availableParallelism } from 'node:os';
import type { RecipeDeclaration, TrainSpec } from '../../../shared/model/train-spec.ts';
import type { Claim } from '../../store/claims.ts';
import type { StoredVersion } from '../../store/datasets.ts';
import type { ChosenEngine } from '../engines/choose-engine.ts';
import { parseHidden } from '../recipes/mlp/hidden.ts';

/** What a driver takes for itself, generously. */
const DRIVER_MIB = 512;
/** Rows that a network predicts at once. */
const PREDICTED_ROWS = 16_384;

/** What a run needs of the machine: threads as asked for or as its recipe uses, and of the GPU what can be foreseen, or all. */
export function claimOf(
  recipe: RecipeDeclaration,
  spec: TrainSpec,
  { engine }: ChosenEngine,
  version: StoredVersion,
): Claim {
  const gpu = engine === 'webgpu' || engine === 'tensorflow-gpu';
  // On a GPU the processor only feeds it.
  const cores = spec.cores ?? (gpu ? 1 : (recipe.threads ?? availableParallelism()));
  // TensorFlow takes the memory of the whole GPU when it starts.
  const known = engine === 'webgpu' && recipe.id === 'mlp';
  return { cores, gpu, gpuMiB: known ? networkMiB(spec, version) : null };
}

/** Parameters four times (Adam's two moments and a change), activations of the widest layer for the rows predicted at once, twice. */
function networkMiB({ params, features }: TrainSpec, version: StoredVersion): number {
  const used = version.columns.filter(({ name, role }) => features?.includes(name) ?? role === 'feature');
  const width = used.reduce((sum, { type, distinct }) => sum + (type === 'category' ? Math.min(50, distinct) : 2), 0);
  const sizes = [width, ...parseHidden(String(params.hidden)), 20];
  const parameters = sizes.slice(1).reduce((sum, out, i) => sum + sizes[i]! * out, 0);
  const activations = Math.max(...sizes) * PREDICTED_ROWS;
  return DRIVER_MIB + Math.ceil((4 * (4 * parameters + 2 * activations)) / 2 ** 20);
}
