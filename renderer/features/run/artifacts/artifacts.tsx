import './artifacts.css';
import { useMutation } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { AppError } from '../../../../shared/errors.ts';
import { bytes, plural, shortHash } from '../../../../shared/format.ts';
import type { Artifact, RunDetail } from '../../../../shared/model/run.ts';
import { api } from '../../../api.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState, ErrorNotice } from '../../../ui/screen.tsx';
import { LoggedModels } from './logged-models.tsx';
import { buildTree, foldersOf, openAtFirst, visibleRows } from './tree.ts';
import { TreeView } from './tree-view.tsx';
import { Viewer } from './viewer.tsx';

/** Files the run produced, in their folders, and one of them in view. They stay in the vault. */
export function ArtifactsTab({ run }: { run: RunDetail }) {
  const { artifacts, loggedModels } = run;
  if (artifacts.length === 0 && loggedModels.length > 0) {
    return (
      <div className="run-content">
        <LoggedModels models={loggedModels} />
      </div>
    );
  }
  if (artifacts.length === 0) {
    return (
      <div className="run-content">
        <EmptyState>
          This run has kept no file. Models, tables and pictures that a run writes or that a script logs appear here.
        </EmptyState>
      </div>
    );
  }
  return (
    <>
      <Files run={run} />
      {loggedModels.length > 0 && (
        <div className="run-content">
          <LoggedModels models={loggedModels} />
        </div>
      )}
    </>
  );
}

function Files({ run }: { run: RunDetail }) {
  const { artifacts } = run;
  const tree = useMemo(() => buildTree(artifacts), [artifacts]);
  const [open, setOpen] = useState(() => openAtFirst(artifacts));
  const rows = useMemo(() => visibleRows(tree, open), [tree, open]);
  const [chosen, setChosen] = useState<string | null>(null);
  const current = chosen ?? (rows.find(({ files }) => files === null) ?? rows[0])!.path;
  const shown = artifacts.find(({ path }) => path === current);

  function toggle(path: string, isOpen: boolean) {
    const next = new Set(open);
    if (isOpen) next.add(path);
    else next.delete(path);
    setOpen(next);
    // What was in view lies in the folder that closed: the folder takes its place.
    if (!isOpen && foldersOf(current).includes(path)) setChosen(path);
  }

  return (
    <div className={run.loggedModels.length > 0 ? 'artifacts above-models' : 'artifacts'}>
      <div className="artifacts-list">
        <div className="artifacts-total">
          <span className="t2">
            {plural(artifacts.length, 'file')}, {bytes(tree.bytes)}
          </span>
          <span className="t3 small">Files stay in the vault; no report holds them.</span>
        </div>
        <TreeView rows={rows} current={current} onCurrent={setChosen} onOpen={toggle} />
      </div>
      <section className="artifact-view" aria-label="File in view">
        {shown ? (
          <>
            <FileHead key={`head ${shown.path}`} run={run.id} artifact={shown} />
            <Viewer key={shown.path} run={run.id} artifact={shown} />
          </>
        ) : (
          <EmptyState>{folderWords(current, artifacts)}</EmptyState>
        )}
      </section>
    </div>
  );
}

function FileHead({ run, artifact }: { run: string; artifact: Artifact }) {
  const save = useMutation<string | null, AppError>({
    mutationFn: async () => {
      const done = await api.call('copy.artifact', { id: run, path: artifact.path });
      return done && `Copied into ${done.folder}.`;
    },
  });
  return (
    <>
      <header className="artifact-head">
        <h3 title={artifact.path}>{artifact.path.split('/').at(-1)}</h3>
        <span className="t3 small nowrap">{bytes(artifact.bytes)}</span>
        <span className="t3 small nowrap artifact-hash" title={`SHA-256 ${artifact.sha256}`}>
          <code>{shortHash(artifact.sha256)}</code>
        </span>
        <span className="grow" />
        <Button
          variant="quiet"
          icon="copy"
          disabled={save.isPending}
          title="An audited local copy, marked INTERNAL: it contains unchecked values and stays on this machine"
          onClick={() => save.mutate()}
        >
          Save a copy
        </Button>
      </header>
      <div aria-live="polite">
        {save.data && <p className="t2 small">{save.data}</p>}
        {save.error && <ErrorNotice error={save.error} />}
      </div>
    </>
  );
}

function folderWords(folder: string, artifacts: readonly Artifact[]): string {
  const inside = artifacts.filter(({ path }) => path.startsWith(folder));
  const size = inside.reduce((sum, { bytes: one }) => sum + one, 0);
  return `The folder ${folder.slice(0, -1)}: ${plural(inside.length, 'file')}, ${bytes(size)}. Choose a file to see it.`;
}
