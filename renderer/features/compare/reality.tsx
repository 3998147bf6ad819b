import type { CompareTest, Comparison } from '../../../shared/contract/runs.ts';
import { columnDecimals, interval, signed } from '../../../shared/format.ts';
import { runLetter } from '../../../shared/model/run-letter.ts';
import { roundTicks } from '../../figures/round-ticks.ts';
import { Segmented } from '../../ui/choice.tsx';
import { metricName } from '../../ui/metric-name.ts';
import { Letter } from '../../ui/run-colour.tsx';
import { Select } from '../../ui/select.tsx';
import { DifferenceMark } from '../../ui/whisker.tsx';

type Props = {
  comparison: Comparison;
  slotOf: (id: string) => number;
  metric: string | null;
  onMetric: (metric: string) => void;
};

/** As wide as the narrowest aside. */
const MARK_WIDTH = 296;

const verdictWords: Record<CompareTest['verdict'], string> = {
  real: 'Real',
  'no-difference': 'No difference',
  'cannot-tell': 'Not shown',
  'not-comparable': 'Not comparable',
};

/** Each pair's paired difference with its interval and a sentence that says what may be concluded. */
export function Reality({ comparison, slotOf, metric, onMetric }: Props) {
  const { tests, metrics, runs, caption } = comparison;
  const chosen = metric ?? tests[0]?.metric ?? metrics[0] ?? null;
  const options = metrics.map((key) => ({ value: key, label: metricName(key).name }));
  const intervals = tests.map(({ difference, low, high }) => ({ value: difference, low, high }));
  const decimals = columnDecimals(intervals);
  const range = commonRange(tests);
  return (
    <aside className="compare-right" aria-label="Is it real?">
      <header>
        <h2>Is it real?</h2>
        <span className="grow" />
        {options.length > 1 && (
          <>
            <span className="t3 small">Difference in</span>
            {options.length <= 3 ? (
              <Segmented label="Difference in" value={chosen} options={options} onChange={onMetric} />
            ) : (
              <Select quiet label="Difference in" value={chosen} options={options} onChange={onMetric} />
            )}
          </>
        )}
      </header>
      {tests.length === 0 && (
        <p className="t2">
          {runs.length < 2 ? 'Add a second run to compare with.' : 'These runs have no held-out results in common.'}
        </p>
      )}
      {tests.map((test) => (
        <Verdict
          key={`${test.a} ${test.b}`}
          test={test}
          comparison={comparison}
          slotOf={slotOf}
          decimals={decimals}
          range={range}
        />
      ))}
      {caption && <p className="compare-method">{caption}</p>}
    </aside>
  );
}

type VerdictProps = {
  test: CompareTest;
  comparison: Comparison;
  slotOf: (id: string) => number;
  decimals: number;
  range: [number, number];
};

function Verdict({ test, comparison, slotOf, decimals, range }: VerdictProps) {
  const at = (id: string) => comparison.runs.findIndex((run) => run.id === id);
  const { difference, low, high } = test;
  return (
    <section
      className={test.verdict === 'real' ? 'verdict real' : 'verdict'}
      aria-label={`${runLetter(at(test.a))} minus ${runLetter(at(test.b))}: ${verdictWords[test.verdict]}`}
    >
      <header>
        <Letter index={at(test.a)} slot={slotOf(test.a)} />
        <span className="t3">minus</span>
        <Letter index={at(test.b)} slot={slotOf(test.b)} />
        <h3>{verdictWords[test.verdict]}</h3>
        <span className="grow" />
        {difference !== null && (
          <span className="n">
            <b>{signed(difference, decimals)}</b>
            {low !== null && high !== null && <i>{interval(low, high, decimals, true)}</i>}
          </span>
        )}
      </header>
      {difference !== null && (
        <DifferenceMark
          value={difference}
          low={low}
          high={high}
          range={range}
          ticks={roundTicks(range, 4)}
          width={MARK_WIDTH}
          write={(tick) => (tick === 0 ? '0' : signed(tick, Math.max(2, decimals - 1)))}
        />
      )}
      <p>{test.sentence}</p>
    </section>
  );
}

/** One scale for all pairs, zero on it. */
function commonRange(tests: readonly CompareTest[]): [number, number] {
  const bounds = tests
    .flatMap(({ difference, low, high }) => [difference, low, high])
    .filter((bound) => bound !== null);
  const low = Math.min(0, ...bounds);
  const high = Math.max(0, ...bounds);
  const room = Math.max(0.005, (high - low) * 0.08);
  return [low - room, high + room];
}
