import { Link, useLocation } from 'wouter';
import { when } from '../../../shared/format.ts';
import type { RegisteredModel } from '../../../shared/model/registry.ts';
import { Icon } from '../../ui/icon.tsx';
import { to } from '../../ui/navigation.ts';
import { Missing } from '../../ui/number.tsx';
import { StageBadge } from '../../ui/stage.tsx';
import { Main } from './list.tsx';

/** The versions of a model, newest first; a row shows that version. */
export function VersionsTable({ model, shown }: { model: RegisteredModel; shown: number }) {
  const [, navigate] = useLocation();
  const now = Date.now();
  return (
    <section aria-label="Versions">
      <table className="plain model-versions" aria-label="Versions">
        <thead>
          <tr>
            <th className="c-v">Version</th>
            <th className="c-newest">Stage</th>
            <th className="c-main">Held out</th>
            <th>Run</th>
            <th>Dataset</th>
            <th className="right c-when">Changed</th>
          </tr>
        </thead>
        <tbody>
          {model.versions.map((one) => (
            <tr
              key={one.version}
              className="model-row"
              aria-current={one.version === shown || undefined}
              onClick={() => navigate(to.model(model.name, one.version), { replace: true })}
            >
              <td className="strong">
                <Link href={to.model(model.name, one.version)} replace>
                  v{one.version}
                </Link>
              </td>
              <td>
                <StageBadge stage={one.stage} />
              </td>
              <td>
                <Main of={one} />
              </td>
              <td>{one.run === null ? <Missing /> : <RunName name={one.run.name} binned={one.run.binned} />}</td>
              <td className="t2">
                {one.dataset === null ? <Missing /> : `${one.dataset.name} v${one.dataset.version}`}
              </td>
              <td className="right t2">{when(one.updatedAt, now)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function RunName({ name, binned }: { name: string; binned: boolean }) {
  return (
    <span className="model-run" title={name}>
      <span>{name}</span>
      {binned && (
        <span className="binned" title="In the bin" role="img" aria-label="In the bin">
          <Icon name="bin" small />
        </span>
      )}
    </span>
  );
}
