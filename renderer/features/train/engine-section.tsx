import { mebibytes } from '../../../shared/format.ts';
import type { EngineId } from '../../../shared/model/run.ts';
import type { EngineStatus, RecipeDeclaration } from '../../../shared/model/train-spec.ts';
import { RadioList } from '../../ui/choice.tsx';

type Props = {
  engines: readonly EngineStatus[];
  recipe: RecipeDeclaration;
  chosen: EngineId | null;
  onChange: (engine: EngineId | null) => void;
};

/** What computes: the best that can run the recipe unless another is chosen, each with its device or why it cannot. */
export function EngineSection({ engines, recipe, chosen, onChange }: Props) {
  return (
    <section className="engines" aria-label="Engine">
      <h2>Engine</h2>
      <RadioList<EngineId | 'best'>
        label="Engine"
        value={chosen ?? 'best'}
        onChange={(engine) => onChange(engine === 'best' ? null : engine)}
        options={[
          { value: 'best', label: 'automatic', detail: 'the best that this recipe and machine have' },
          ...engines.map((engine) => {
            const able = recipe.engines.includes(engine.id);
            return {
              value: engine.id,
              label: engine.id,
              disabled: !engine.available || !able,
              detail: !able
                ? `${recipe.label} does not run on it`
                : engine.available
                  ? [engine.device, freeMemory(engine), engine.reason].filter((part) => part !== null).join(' · ')
                  : `not available: ${engine.reason}`,
            };
          }),
        ]}
      />
    </section>
  );
}

function freeMemory({ freeMemoryMiB, memoryMiB }: EngineStatus): string | null {
  if (memoryMiB === null) return null;
  return freeMemoryMiB === null ? mebibytes(memoryMiB) : `${mebibytes(freeMemoryMiB)} of ${mebibytes(memoryMiB)} free`;
}
