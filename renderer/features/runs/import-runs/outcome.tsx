import { useLocation } from 'wouter';
import { count, plural } from '../../../../shared/format.ts';
import type { ImportSummary } from '../../../../shared/model/run-import.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { to } from '../../../ui/navigation.ts';
import { Notice } from '../../../ui/screen.tsx';
import { SkippedList } from './skipped-list.tsx';
import type { RunImport } from './use-run-import.ts';

type Props = { flow: RunImport; name: string; watched: boolean; summary: ImportSummary };

/** What came in, what was here already, and what was left out and why. */
export function Outcome({ flow, name, watched, summary }: Props) {
  const [, navigate] = useLocation();
  const studies = [...new Set(summary.imported.map(({ study }) => study))];
  const [only] = studies.length === 1 ? studies : [];
  return (
    <Dialog
      open
      wide={summary.skipped.length > 0}
      onClose={flow.close}
      title={watched ? `Stopped watching ${name}` : `Imported from ${name}`}
      actions={
        <>
          <Button variant={only === undefined ? 'primary' : 'quiet'} onClick={flow.close}>
            Close
          </Button>
          {only !== undefined && (
            <Button
              variant="primary"
              onClick={() => {
                flow.close();
                navigate(to.study(only));
              }}
            >
              Show study
            </Button>
          )}
        </>
      }
    >
      <Notice tone={summary.runs + summary.models > 0 ? 'ok' : 'info'}>{whatCameIn(summary, studies)}</Notice>
      <SkippedList title="Left out or changed" list={summary.skipped} />
    </Dialog>
  );
}

function whatCameIn({ runs, added, updated, unchanged, points, models }: ImportSummary, studies: string[]): string {
  if (runs + models === 0) {
    return unchanged === 0
      ? 'Nothing was taken over.'
      : `Nothing new. ${plural(unchanged, 'run')} ${unchanged === 1 ? 'is' : 'are'} here already, unchanged.`;
  }
  const parts = [
    added > 0 && `${plural(added, 'run')} added`,
    updated > 0 && `${count(updated)} brought up to date`,
    unchanged > 0 && `${count(unchanged)} unchanged`,
    `${plural(points, 'point')} added`,
    models > 0 && `${plural(models, 'model version')} registered`,
  ].filter(Boolean);
  if (studies.length === 0) return `${parts.join(', ')}.`;
  const where = studies.length === 1 ? `In ${studies[0]}.` : `In ${plural(studies.length, 'study', 'studies')}.`;
  return `${parts.join(', ')}. ${where}`;
}
