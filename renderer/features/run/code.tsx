import { mebibytes, plain } from '../../../shared/format.ts';
import type { RunDetail } from '../../../shared/model/run.ts';
import { EmptyState } from '../../ui/screen.tsx';
import { CommandSections } from './command.tsx';
import { Facts } from './facts.tsx';

/** What ran and on what machine: enough to run it again. */
export function CodeTab({ run }: { run: RunDetail }) {
  const { environment } = run;
  const params = Object.entries(run.params);
  const packages = Object.entries(environment?.packages ?? {});
  if (!environment && params.length === 0 && run.command === null) {
    return (
      <div className="run-content">
        <EmptyState>The run ended before its environment was recorded.</EmptyState>
      </div>
    );
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the page scrolls, and nothing else in it takes the focus
    <section className="run-content" tabIndex={0} aria-label="Recorded values">
      <CommandSections run={run} />
      <section className="run-section">
        <h3>{run.command === null ? 'Code' : 'Recorded by'}</h3>
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
        <h3>{run.command === null ? 'Engine and machine' : 'Machine'}</h3>
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
            ['Node', run.command === null ? environment?.node : null],
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
