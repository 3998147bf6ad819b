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

/** What computes: the best that can run the recipe unless another is chosen, each with its device and memory or why it cannot. */
export function EngineSection({ engines, recipe, chosen, onChange }: Props) {
  // In the recipe's own order: the first that is there is the one that "automatic" takes.
  const place = (id: EngineId) => (recipe.engines.includes(id) ? recipe.engines.indexOf(id) : recipe.engines.length);
  const ordered = [...engines].sort((a, b) => place(a.id) - place(b.id));
  return (
    <section className="engines" aria-label="Engine">
      <h2>Engine</h2>
      <RadioList<EngineId | 'best'>
        label="Engine"
        value={chosen ?? 'best'}
        onChange={(engine) => onChange(engine === 'best' ? null : engine)}
        options={[
          { value: 'best', label: 'automatic', detail: 'the first of these that can be used' },
          ...ordered.map((engine) => {
            const able = recipe.engines.includes(engine.id);
            return {
              value: engine.id,
              label: engine.id,
              disabled: !engine.available || !able,
              detail: able ? <EngineWords engine={engine} /> : `${recipe.label} does not run on it`,
            };
          }),
        ]}
      />
    </section>
  );
}

/** `NVIDIA RTX A4000, 6.2 GB free`, what else is to know in a second, quieter line; or why it is not there. */
function EngineWords({ engine }: { engine: EngineStatus }) {
  if (!engine.available) return <>not available: {engine.reason}</>;
  const memory =
    engine.freeMemoryMiB !== null
      ? `, ${mebibytes(engine.freeMemoryMiB)} free`
      : engine.memoryMiB !== null
        ? `, ${mebibytes(engine.memoryMiB)}`
        : '';
  return (
    <>
      {engine.device}
      {memory}
      <span className="engine-why t3 small">{engine.reason}</span>
    </>
  );
}
