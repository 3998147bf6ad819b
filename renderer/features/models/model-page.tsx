import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { plural } from '../../../shared/format.ts';
import type { Stage } from '../../../shared/model/registration.ts';
import type { RegisteredModel } from '../../../shared/model/registry.ts';
import { api } from '../../api.ts';
import { useCall } from '../../query.ts';
import { Button } from '../../ui/button.tsx';
import { useKeys } from '../../ui/keys.ts';
import { to } from '../../ui/navigation.ts';
import { EmptyState, ErrorNotice, ProgressLine, ScreenHeader } from '../../ui/screen.tsx';
import { offerUndo } from '../../ui/undo.tsx';
import { Card } from './card.tsx';
import { LineageDrawing } from './lineage.tsx';
import { MoveDialog } from './move-dialog.tsx';
import { RenameDialog } from './rename-dialog.tsx';
import { VersionAside } from './version-aside.tsx';
import { VersionsTable } from './versions-table.tsx';

/** One model: its versions, and of the chosen one where it stands, where it comes from and its card. */
export function ModelPage({ name, asked }: { name: string; asked: number | null }) {
  const [, navigate] = useLocation();
  const model = useCall('models.show', { name });
  const [moving, setMoving] = useState<Stage | 'any' | null>(null);
  const [renaming, setRenaming] = useState(false);
  const [problem, setProblem] = useState<Error | null>(null);
  const versions = model.data?.versions ?? [];
  const chosen = versions.find(({ version }) => version === asked) ?? approvedOrNewest(model.data);
  const step = (by: number) => {
    const next = versions[versions.findIndex(({ version }) => version === chosen?.version) + by];
    if (next) navigate(to.model(name, next.version), { replace: true });
  };
  useKeys({
    j: () => step(1),
    arrowdown: () => step(1),
    k: () => step(-1),
    arrowup: () => step(-1),
    m: () => chosen && setMoving('any'),
  });

  async function remove(version: number | null) {
    const restore = () => api.call('models.restore', { name, version }).then(() => setProblem(null), setProblem);
    try {
      await api.call('models.delete', { name, version });
      setProblem(null);
      offerUndo(version === null ? `${name} was deleted.` : `${name} v${version} was deleted.`, restore);
      navigate(version === null ? to.models : to.model(name));
    } catch (error) {
      setProblem(error as Error);
    }
  }

  return (
    <>
      <ScreenHeader
        title={name}
        fact={
          <>
            <Link href={to.models}>Models</Link>
            {model.data && ` / ${plural(versions.length, 'version')}`}
          </>
        }
      >
        {model.data && (
          <Button variant="quiet" icon="note" onClick={() => setRenaming(true)}>
            Rename
          </Button>
        )}
        {model.data && (
          <Button variant="quiet" icon="bin" onClick={() => void remove(null)}>
            Delete model
          </Button>
        )}
        {chosen && (
          <Button variant="primary" icon="right" shortcut="m" onClick={() => setMoving('any')}>
            Move v{chosen.version}
          </Button>
        )}
      </ScreenHeader>
      <ProgressLine />
      {renaming && (
        <RenameDialog name={name} version={asked} onClose={() => setRenaming(false)} onProblem={setProblem} />
      )}
      {(problem ?? model.error) && (
        <div className="models-problem">
          <ErrorNotice error={(problem ?? model.error)!} />
        </div>
      )}
      {model.data && !chosen && <EmptyState>This model has no version. Register a run under its name.</EmptyState>}
      {model.data && chosen && (
        <div className="model">
          <div className="model-left">
            <VersionsTable model={model.data} shown={chosen.version} />
            <LineageDrawing name={name} version={chosen.version} />
            <Card key={chosen.version} name={name} version={chosen.version} onProblem={setProblem} />
          </div>
          <VersionAside
            model={model.data}
            version={chosen}
            onMove={setMoving}
            onDelete={() => void remove(chosen.version)}
            onProblem={setProblem}
          />
          {moving !== null && (
            <MoveDialog
              key={`${chosen.version} ${moving}`}
              model={model.data}
              version={chosen}
              stage={moving === 'any' ? null : moving}
              onClose={() => setMoving(null)}
              onProblem={setProblem}
            />
          )}
        </div>
      )}
    </>
  );
}

/** What is shown unless the address names a version. */
const approvedOrNewest = (model: RegisteredModel | undefined) =>
  model?.versions.find(({ stage }) => stage === 'approved') ?? model?.versions[0];
