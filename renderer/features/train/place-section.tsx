import { useCall } from '../../query.ts';
import { TextInput } from '../../ui/field.tsx';
import { FormLine } from './row.tsx';

type Place = { study: string; name: string };
type Props = {
  form: Place;
  /** After what a run without a name is called: `its command`. */
  namedAfter: string;
  onChange: (change: Partial<Place>) => void;
};

/** Where the run will be found: its study and its name. */
export function PlaceSection({ form, namedAfter, onChange }: Props) {
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
      <FormLine label="Name" hint={`Left empty, the run is named after ${namedAfter}.`}>
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
