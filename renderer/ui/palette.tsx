import './palette.css';
import { Dialog } from '@base-ui/react/dialog';
import { Command } from 'cmdk';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useCall } from '../query.ts';
import { Icon, type IconName } from './icon.tsx';
import { useKeys } from './keys.ts';
import { to } from './navigation.ts';
import { useSelection } from './run-colour.tsx';

type Item = { label: string; icon: IconName; path: string; detail?: string };

/** Ctrl-K: every place, study, dataset and the newest runs that match, by name. */
export function Palette() {
  const [open, setOpen] = useState(false);
  useKeys({ 'Ctrl+k': () => setOpen(!open) });
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="palette" aria-label="Command palette">
          {open && <Search onDone={() => setOpen(false)} />}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** An item matches when its name holds every word that was typed, in any order. */
function matches(_value: string, search: string, keywords: string[] = []): number {
  const name = keywords.join(' ').toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => name.includes(word))
    ? 1
    : 0;
}

function Search({ onDone }: { onDone: () => void }) {
  const [, navigate] = useLocation();
  const [search, setSearch] = useState('');
  const selection = useSelection();
  const studies = useCall('studies.list', {});
  const datasets = useCall('datasets.list', {});
  const models = useCall('models.list', {});
  const runs = useCall(
    'runs.list',
    {
      study: null,
      filter: search.trim() === '' ? '' : `name ilike "%${search.trim().replaceAll('"', '""')}%"`,
      sort: null,
      limit: 8,
      cursor: null,
      bin: false,
    },
    { placeholderData: (before) => before, gcTime: 0 },
  );
  const chosen = [...selection.keys()];

  const go = (path: string) => {
    navigate(path);
    onDone();
  };
  const places: Item[] = [
    ...(chosen.length > 0
      ? [
          { label: `Compare the ${chosen.length} selected`, icon: 'compare' as const, path: to.compare(chosen) },
          { label: `Export the ${chosen.length} selected`, icon: 'export' as const, path: to.export(chosen) },
        ]
      : []),
    { label: 'Runs', icon: 'runs', path: to.runs },
    { label: 'Train a model', icon: 'train', path: to.train },
    { label: 'Datasets: import, look, compare versions', icon: 'dataset', path: to.datasets },
    { label: 'Models: the registry', icon: 'model', path: to.models },
    { label: 'Compare runs', icon: 'compare', path: to.compare() },
    { label: 'Export a report', icon: 'export', path: to.export() },
    { label: 'Hardware', icon: 'hardware', path: to.hardware },
    { label: 'Activity: audit log', icon: 'activity', path: to.activity },
    { label: 'Settings', icon: 'settings', path: to.settings },
  ];
  const row = (item: Item, kind: string) => (
    <Command.Item
      key={kind + item.path}
      value={`${kind} ${item.label} ${item.path}`}
      keywords={[item.label]}
      onSelect={() => go(item.path)}
    >
      <Icon name={item.icon} small />
      <span>{item.label}</span>
      {item.detail && <span className="t3 small palette-detail">{item.detail}</span>}
    </Command.Item>
  );

  return (
    <Command label="Command palette" loop filter={matches}>
      <Command.Input
        value={search}
        onValueChange={setSearch}
        placeholder="Go to a place, a study, a dataset or a run"
        autoFocus
      />
      <Command.List>
        <Command.Empty>Nothing has this name.</Command.Empty>
        <Command.Group heading="Places">{places.map((item) => row(item, 'place'))}</Command.Group>
        <Command.Group heading="Runs">
          {runs.data?.runs.map((run) =>
            row({ label: run.name, icon: 'chart', path: to.run(run.id), detail: run.study }, 'run'),
          )}
        </Command.Group>
        <Command.Group heading="Studies">
          {studies.data?.map((study) => row({ label: study.name, icon: 'runs', path: to.study(study.name) }, 'study'))}
        </Command.Group>
        <Command.Group heading="Datasets">
          {datasets.data?.map((dataset) =>
            row({ label: dataset.name, icon: 'dataset', path: to.dataset(dataset.name) }, 'dataset'),
          )}
        </Command.Group>
        <Command.Group heading="Models">
          {models.data?.map((model) => row({ label: model.name, icon: 'model', path: to.model(model.name) }, 'model'))}
        </Command.Group>
      </Command.List>
    </Command>
  );
}
