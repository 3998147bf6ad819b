import './sidebar.css';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { bytes, count, percent } from '../../shared/format.ts';
import { api } from '../api.ts';
import { useCall } from '../query.ts';
import { IconButton } from './button.tsx';
import { useHardware } from './hardware-now.ts';
import { Icon, type IconName } from './icon.tsx';
import { to } from './navigation.ts';
import { Meter } from './screen.tsx';

const places: { path: string; label: string; icon: IconName }[] = [
  { path: to.runs, label: 'Runs', icon: 'runs' },
  { path: to.compare(), label: 'Compare', icon: 'compare' },
  { path: to.train, label: 'Train', icon: 'train' },
  { path: to.datasets, label: 'Datasets', icon: 'dataset' },
  { path: to.models, label: 'Models', icon: 'model' },
  { path: to.hardware, label: 'Hardware', icon: 'hardware' },
  { path: to.export(), label: 'Export', icon: 'export' },
  { path: to.activity, label: 'Activity', icon: 'activity' },
  { path: to.settings, label: 'Settings', icon: 'settings' },
];

/** The place an address belongs to: one run and one study are part of Runs. */
export function placeOf(location: string): string {
  const first = `/${location.split('/')[1] ?? ''}`;
  return first === '/run' || first === '/study' ? to.runs : first;
}

/** Places, studies, then GPU, vault and connections. */
export function Sidebar() {
  const [location] = useLocation();
  const facts = useCall('app.facts', {}, { refetchInterval: 30_000 });
  const settings = useCall('settings.get', {});
  const place = placeOf(location);
  return (
    <nav className="side" aria-label="Wardbook">
      <div className="brand">
        <svg className="mark" viewBox="0 0 18 18" aria-hidden="true">
          <path d="M3.5 2.5h11v13h-11zM6.5 2.5v13" />
          <path d="M8.8 9.2h1.2l1-2.4 1.2 4 .8-1.6h1.4" className="beat" />
        </svg>
        Wardbook<span className="vault">{settings.data?.siteLabel}</span>
      </div>
      <ul>
        {places.map(({ path, label, icon }) => (
          <li key={path}>
            <Link href={path} aria-current={place === path ? 'page' : undefined}>
              <Icon name={icon} />
              <span>{label}</span>
            </Link>
          </li>
        ))}
      </ul>
      <Studies />
      <div className="foot">
        <Device />
        <div>
          <span>Vault</span>
          <span className="t3">{facts.data ? `not encrypted, ${bytes(facts.data.vault.bytes)}` : ''}</span>
        </div>
        <div>
          <span>Connections</span>
          <span className={facts.data && facts.data.connectionsRefused > 0 ? 'warn' : 't3'}>
            {facts.data &&
              (facts.data.connectionsRefused === 0
                ? '0 since start'
                : `${count(facts.data.connectionsRefused)} refused`)}
          </span>
        </div>
      </div>
    </nav>
  );
}

function Studies() {
  const [location, navigate] = useLocation();
  const [naming, setNaming] = useState(false);
  const [problem, setProblem] = useState('');
  const studies = useCall('studies.list', {});
  const all = (studies.data ?? []).reduce((sum, study) => sum + study.runs, 0);

  async function create(name: string) {
    if (name.trim() === '') return setNaming(false);
    try {
      const study = await api.call('studies.create', { name: name.trim() });
      setNaming(false);
      setProblem('');
      navigate(to.study(study.name));
    } catch (error) {
      setProblem((error as Error).message);
    }
  }

  return (
    <>
      <div className="head">
        <span>Studies</span>
        <IconButton icon="plus" label="New study" onClick={() => setNaming(true)} />
      </div>
      <ul className="studies">
        <li>
          <Link href={to.runs} aria-current={location === to.runs ? true : undefined}>
            <span>All runs</span>
            <span className="c">{studies.data && count(all)}</span>
          </Link>
        </li>
        {studies.data?.map((study) => (
          <li key={study.id}>
            <Link
              href={to.study(study.name)}
              aria-current={decodeURI(location) === decodeURI(to.study(study.name)) ? true : undefined}
              title={study.name}
            >
              <span>{study.name}</span>
              <span className="c">{count(study.runs)}</span>
            </Link>
          </li>
        ))}
        {naming && (
          <li>
            <input
              className="input"
              aria-label="Name of the new study"
              placeholder="Name of the study"
              // biome-ignore lint/a11y/noAutofocus: the person has just asked for this field
              autoFocus
              maxLength={200}
              onBlur={(event) => event.currentTarget.value.trim() === '' && setNaming(false)}
              onKeyDown={(event) => {
                if (event.key === 'Enter') void create(event.currentTarget.value);
                if (event.key === 'Escape') setNaming(false);
              }}
            />
            {problem && <p className="small bad">{problem}</p>}
          </li>
        )}
      </ul>
    </>
  );
}

/** What computes: the first GPU, or the processor where there is none. */
function Device() {
  const now = useHardware();
  const gpu = now?.gpus[0];
  const name = gpu?.name.replace(/^NVIDIA (GeForce )?/, '') ?? 'CPU';
  const use = gpu ? gpu.utilization : (now?.cpu.utilization ?? null);
  return (
    <>
      <div>
        <span className="device" title={gpu?.name ?? now?.cpu.model}>
          {name}
        </span>
        <span className="t3">{use === null ? 'n/a' : percent(use / 100)}</span>
      </div>
      <Meter done={use === null ? null : use / 100} label={gpu ? 'GPU use' : 'CPU use'} />
    </>
  );
}
