import './command.css';
import { plural } from '../../../shared/format.ts';
import { shownCommand } from '../../../shared/model/entry-command.ts';
import type { RunDetail } from '../../../shared/model/run.ts';
import { Facts } from './facts.tsx';

const states = { changed: 'changed', untracked: 'not in Git', script: 'as committed', whole: 'kept whole' } as const;
const whys = { 'too-large': 'larger than 1 MiB', 'not-text': 'not text', 'over-the-limit': 'over the limit' } as const;

/** What a command of one's own was, what it could reach, the code it ran and what ran it. */
export function CommandSections({ run }: { run: RunDetail }) {
  const { command, codeSnapshot: code, commandEnvironment: found } = run;
  if (command === null) return null;
  const { network } = command;
  return (
    <>
      <section className="run-section">
        <h3>Command</h3>
        <pre className="command-line">{shownCommand(command.argv)}</pre>
        <Facts
          facts={[
            ['Folder', command.folder],
            ['Entry', command.entry],
            ['Exit status', command.exitCode ?? command.signal],
            ['Network', network.off ? `off, by ${network.how}` : `not switched off: ${network.how}`],
            ['Reason', network.reason],
            ['Attempts refused', network.refused > 0 ? network.refused : null],
            ['Seeds seen', command.seeds.map(({ where, value }) => `${value} (${where})`).join(', ')],
          ]}
        />
        {command.traceback && <pre className="command-line">{command.traceback}</pre>}
      </section>
      {code && (
        <section className="run-section">
          <h3>Code</h3>
          <Facts
            facts={[
              ['Commit', code.git?.commit],
              ['Branch', code.git?.branch],
              ['Not committed', code.git && changesOf(code.git)],
              ['Deleted', code.deleted.join(', ')],
              ['Problem', code.problem],
              [
                'Snapshot',
                code.files.length > 0 ? `code.zip, ${plural(code.files.length, 'file')}` : 'nothing to keep',
              ],
            ]}
          />
          <Facts
            facts={code.files.map(({ path, bytes, state }) => [path, `${states[state]}, ${bytes} bytes`] as const)}
          />
          <Facts facts={code.leftOut.map(({ path, why }) => [path, `left out: ${whys[why]}`] as const)} />
        </section>
      )}
      {found && (
        <section className="run-section">
          <h3>Interpreter</h3>
          <Facts
            facts={[
              ['Program', found.interpreter?.program],
              ['Version', found.interpreter?.version],
              ['CUDA', found.cuda],
              ['Lock files', found.lockFiles.map(({ name, sha256 }) => `${name} ${sha256.slice(0, 9)}`).join(', ')],
              ['Problem', found.problems.join(' ')],
            ]}
          />
        </section>
      )}
    </>
  );
}

function changesOf({ changed, untracked }: { changed: number; untracked: number }): string | null {
  if (changed + untracked === 0) return null;
  return `${plural(changed, 'changed file')}, ${plural(untracked, 'file')} not in Git`;
}
