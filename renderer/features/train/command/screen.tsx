import '../train.css';
import './command.css';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { ChosenFolder, StartCommandWish } from '../../../../shared/contract/commands.ts';
import type { AppError } from '../../../../shared/errors.ts';
import { api } from '../../../api.ts';
import { useCall } from '../../../query.ts';
import { Button } from '../../../ui/button.tsx';
import { useKeys } from '../../../ui/keys.ts';
import { to } from '../../../ui/navigation.ts';
import { PlaceSection } from '../place-section.tsx';
import { CommandAside } from './aside.tsx';
import { emptyForm, type CommandForm as FormState, planOf, withFolder } from './form.ts';
import { WhatSection } from './what-section.tsx';

/** Starts a command of one's own, or an entry of the project in its folder, as a tracked run. */
export function CommandForm() {
  const [, navigate] = useLocation();
  const [form, setForm] = useState<FormState>(emptyForm);
  const change = (part: Partial<FormState>) => setForm((now) => ({ ...now, ...part }));
  const network = useCall('commands.network', {});
  const choose = useMutation<ChosenFolder | null, AppError, void>({
    mutationFn: () => api.call('commands.chooseFolder', {}),
    onSuccess: (folder) => folder && setForm((now) => withFolder(now, folder)),
  });
  const start = useMutation<{ id: string }, AppError, StartCommandWish>({
    mutationFn: (wish) => api.call('commands.start', wish),
    onSuccess: ({ id }) => navigate(to.run(id, 'log')),
  });
  const plan = planOf(form);
  const go = () => {
    if (plan.wish !== null && !start.isPending) start.mutate(plan.wish);
  };
  useKeys({ 'Ctrl+Enter': go });
  return (
    <div className="train command-form">
      <div className="train-form">
        <section aria-label="Folder">
          <h2>Folder</h2>
          <div className="train-row">
            <span className="train-label">Folder</span>
            <div className="command-folder">
              <span className={form.folder ? 'mono' : 't3'}>{form.folder?.name ?? 'none chosen'}</span>
              <Button icon="dataset" onClick={() => choose.mutate()}>
                {form.folder ? 'Choose another' : 'Choose a folder'}
              </Button>
            </div>
            <div className={form.folder?.problem ? 'hint bad' : 'hint'}>
              {form.folder?.problem ?? 'The command runs here, and the code here is kept with the run.'}
            </div>
          </div>
        </section>
        {form.folder && <WhatSection form={form} onChange={change} />}
        <PlaceSection form={form} namedAfter="its command" onChange={change} />
      </div>
      <CommandAside
        form={form}
        shown={plan.shown}
        ready={plan.wish !== null}
        network={network.data}
        error={start.error ?? choose.error}
        starting={start.isPending}
        onChange={change}
        onStart={go}
      />
    </div>
  );
}
