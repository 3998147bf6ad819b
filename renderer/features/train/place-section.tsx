import { useCall } from '../../query.ts';
import { TextInput } from '../../ui/field.tsx';
import type { TrainForm } from './form-state.ts';
import { FormLine } from './row.tsx';

type Props = { form: TrainForm; onChange: (change: Partial<TrainForm>) => void };

/** Where the run will be found: its study and its name. */
export function PlaceSection({ form, onChange }: Props) {
  const studies = useCall('studies.list', {});
  return (
    <section aria-label="Place">
      <h2>Place</h2>
      <FormLine label="Study" problem={form.study.trim() === '' ? 'A run belongs to a study.' : undefined}>
        {(id) => (
          <>
            <TextInput
              id={id}
              list={`${id}-studies`}
              value={form.study}
              onChange={(event) => onChange({ study: event.target.value })}
            />
            <datalist id={`${id}-studies`}>
              {(studies.data ?? []).map((study) => (
                <option key={study.id} value={study.name} />
              ))}
            </datalist>
          </>
        )}
      </FormLine>
      <FormLine label="Name" hint="Left empty, the run is named after its recipe and features.">
        {(id) => (
          <TextInput
            id={id}
            maxLength={200}
            value={form.name}
            onChange={(event) => onChange({ name: event.target.value })}
          />
        )}
      </FormLine>
    </section>
  );
}
