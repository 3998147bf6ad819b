import type { NetworkOffer } from '../../../../shared/contract/commands.ts';
import type { AppError } from '../../../../shared/errors.ts';
import { Button } from '../../../ui/button.tsx';
import { LabelledCheckbox } from '../../../ui/choice.tsx';
import { TextInput } from '../../../ui/field.tsx';
import { ErrorNotice, Notice } from '../../../ui/screen.tsx';
import type { CommandForm } from './form.ts';

type Props = {
  form: CommandForm;
  /** The exact command. */
  shown: string;
  ready: boolean;
  network: NetworkOffer | undefined;
  error: AppError | null;
  starting: boolean;
  onChange: (change: Partial<CommandForm>) => void;
  onStart: () => void;
};

/** The exact command before it runs, what it may reach, what is kept, and the one button. */
export function CommandAside({ form, shown, ready, network, error, starting, onChange, onStart }: Props) {
  return (
    <aside className="train-aside" aria-label="Before you start">
      <h3>What will run</h3>
      {shown === '' ? (
        <p className="t3 small">{form.folder ? 'No command yet.' : 'Choose the folder of your code.'}</p>
      ) : (
        <pre className="command-exact">{shown}</pre>
      )}
      <h3>Network</h3>
      {form.allowNetwork ? (
        <>
          <p className="small">The command can reach the network. The reason is kept in the audit log.</p>
          <TextInput
            aria-label="Reason"
            placeholder="Why it needs the network"
            value={form.reason}
            maxLength={500}
            onChange={(event) => onChange({ reason: event.target.value })}
          />
        </>
      ) : network?.off ? (
        <p className="small">
          Off for this command, by {network.how}. It reaches Wardbook’s own tracking server and nothing else.
        </p>
      ) : (
        network && <Notice>The network is not switched off: {network.how}.</Notice>
      )}
      <LabelledCheckbox checked={form.allowNetwork} onChange={(allowNetwork) => onChange({ allowNetwork })}>
        Let it reach the network, this once
      </LabelledCheckbox>
      <h3>Kept with the run</h3>
      <p className="t3 small">
        Command, output and exit status, with values of the environment and keys masked; Git commit and branch; changed
        and untracked code; interpreter and packages; what the script logs through MLflow.
      </p>
      {error && <ErrorNotice error={error} />}
      <div className="start">
        <Button variant="primary" icon="train" shortcut="Ctrl ↵" disabled={!ready || starting} onClick={onStart}>
          {starting ? 'Starting' : 'Run command'}
        </Button>
        <p>It goes on when this window is closed, and can be stopped at any time.</p>
      </div>
    </aside>
  );
}
