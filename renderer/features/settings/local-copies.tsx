import type { Settings } from '../../../shared/contract/settings.ts';
import { Segmented } from '../../ui/choice.tsx';
import { Row, Section } from './parts.tsx';

type Props = { value: Settings; onChange: (change: Partial<Settings>) => void };

/** What may be copied out of the vault beside reports. */
export function LocalCopies({ value, onChange }: Props) {
  return (
    <Section
      title="Local copies"
      about="The group’s own data for its own use: unchecked values, marked INTERNAL, each in the audit log."
    >
      <Row
        name="To a folder"
        hint="This machine refuses network and removable disks and folders that a program keeps in step with a server."
      >
        <Segmented
          label="To a folder"
          value={value.localCopies}
          options={[
            { value: 'off', label: 'Off' },
            { value: 'this-machine', label: 'This machine' },
            { value: 'anywhere', label: 'Any folder' },
          ]}
          onChange={(localCopies) => onChange({ localCopies })}
        />
      </Row>
      <Row name="To an MLflow server" hint="Only one that runs on this machine can be named.">
        <Segmented
          label="To an MLflow server"
          value={value.replay}
          options={[
            { value: 'off', label: 'Off' },
            { value: 'this-machine', label: 'This machine' },
          ]}
          onChange={(replay) => onChange({ replay })}
        />
      </Row>
    </Section>
  );
}
