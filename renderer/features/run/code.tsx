import { mebibytes, plain } from '../../../shared/format.ts';
import type { RunDetail } from '../../../shared/model/run.ts';
import { EmptyState } from '../../ui/screen.tsx';

/** What ran and on what machine: enough to run it again. */
export function CodeTab({ run }: { run: RunDetail }) {
  const { environment } = run;
  const params = Object.entries(run.params);
  const packages = Object.entries(environment?.packages ?? {});
  if (!environment && params.length === 0) {
    return (
      <div className="run-content">
        <EmptyState>The run ended before its environment was recorded.</EmptyState>
      </div>
    );
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the page scrolls, and nothing else in it takes the focus
    <section className="run-content" tabIndex={0} aria-label="Recorded values">
      <section className="run-section">
        <h3>Code</h3>
        <Facts
          facts={[
            ['Recipe', run.recipe],
            ['Wardbook', environment?.appVersion],
            [
              'Commit',
              environment?.commit && `${environment.commit}${environment.dirty ? ' with uncommitted changes' : ''}`,
            ],
            ['Seed', run.seed],
          ]}
        />
      </section>
      <section className="run-section">
        <h3>Engine and machine</h3>
        <Facts
          facts={[
            ['Engine', run.engine],
            ['Device', run.device],
            ['Chosen because', run.engineReason],
            ['GPU', environment?.gpu],
            ['Driver', environment?.driver],
            ['Processor', environment && `${environment.cpu}, ${environment.cores} cores`],
            ['Memory', environment && mebibytes(environment.memoryMiB)],
            ['System', environment?.os],
            ['Node', environment?.node],
          ]}
        />
      </section>
      <section className="run-section">
        <h3>Params</h3>
        <Facts
          facts={params.map(([name, value]) => [name, typeof value === 'number' ? plain(value) : String(value)])}
        />
      </section>
      {packages.length > 0 && (
        <section className="run-section">
          <h3>Packages</h3>
          <Facts facts={packages} />
        </section>
      )}
    </section>
  );
}

function Facts({ facts }: { facts: readonly (readonly [string, string | number | null | undefined])[] }) {
  return (
    <dl className="facts">
      {facts.map(([name, value]) =>
        value === null || value === undefined || value === '' ? null : (
          <div key={name} className="fact-row">
            <dt>{name}</dt>
            <dd className="wrap">{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
