import type { CompareTest } from '../../shared/contract/runs.ts';

/**
 * How the tests were made, for the foot of the page. `runsOnTestData` counts the runs that were judged on the same held-out
 * part; null when the runs compared do not share one.
 */
export function captionFor(tests: CompareTest[], runsOnTestData: number | null): string {
  const made = tests.filter(({ p }) => p !== null);
  const sentences: string[] = [];
  const first = made[0];
  if (first !== undefined) {
    const methods = [...new Set(made.map(({ method }) => method))].join('; ');
    const counts = new Set(made.map(({ rows, subjects }) => `${rows}/${subjects}`));
    sentences.push(`${capital(methods)}, on ${counts.size === 1 ? sameRows(first) : 'the rows that both predicted'}.`);
    sentences.push(
      made.length === 1
        ? 'The interval is 95 %.'
        : `Intervals are 95 % together, widened for ${made.length} comparisons (Bonferroni); p by Holm.`,
    );
  }
  if (first !== undefined && first.subjects === null) {
    sentences.push('The data name no subject column: this assumes one row per subject.');
  }
  if (runsOnTestData !== null && runsOnTestData > 1) {
    const runs = runsOnTestData.toLocaleString('en-US');
    sentences.push(`A test set compared many times stops being a test set: this one has been used by ${runs} runs.`);
  }
  return sentences.join(' ');
}

function sameRows({ rows, subjects }: CompareTest): string {
  if (subjects === null) return `the same ${rows.toLocaleString('en-US')} test rows`;
  const persons = `the same ${subjects.toLocaleString('en-US')} test subjects`;
  return subjects === rows ? persons : `${persons} (${rows.toLocaleString('en-US')} rows)`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
