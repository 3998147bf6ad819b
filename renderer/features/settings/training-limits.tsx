import type { Settings } from '../../../shared/contract/settings.ts';
import { Limit } from './limit.tsx';
import { Section } from './parts.tsx';

type Props = { value: Settings; onChange: (change: Partial<Settings>) => void };

/** What all runs that train may use together; a run waits until there is room for it. */
export function TrainingLimits({ value, onChange }: Props) {
  return (
    <Section title="Training" about="What all runs that train may use together. Further ones wait until there is room.">
      <Limit
        name="Cores"
        placeholder="all"
        least={1}
        most={1_024}
        hint="Threads. Leave some to whatever else this computer does."
        value={value.trainingCores}
        onSave={(trainingCores) => onChange({ trainingCores })}
      />
      <Limit
        name="GPU memory, MiB"
        placeholder="nine tenths of the card"
        least={64}
        most={10_000_000}
        hint="Of the graphics card that trains."
        value={value.trainingGpuMemoryMiB}
        onSave={(trainingGpuMemoryMiB) => onChange({ trainingGpuMemoryMiB })}
      />
    </Section>
  );
}
