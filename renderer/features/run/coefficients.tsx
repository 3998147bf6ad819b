import './coefficients.css';
import { intervalDecimals, MISSING, plain, pValue } from '../../../shared/format.ts';
import type { RunDetail } from '../../../shared/model/run.ts';
import { Estimated } from '../../ui/number.tsx';
import { classWords } from './run-facts.ts';

type Row = NonNullable<RunDetail['coefficients']>[number];

/** How the recipe names the constant term; it has no odds ratio to speak of. */
const INTERCEPT = '(intercept)';
const WIDTH = 200;
const HEIGHT = 20;

/** Odds ratios of a logistic run with their intervals, on a log scale around 1. */
export function Coefficients({
  rows,
  classes,
  target,
}: {
  rows: readonly Row[];
  classes: readonly string[];
  target: string | null;
}) {
  const several = new Set(rows.map((row) => row.outcome)).size > 1;
  const ends = rows
    .filter(({ name }) => name !== INTERCEPT)
    .flatMap((row) => [row.low ?? ratioOf(row), row.high ?? ratioOf(row)])
    .filter((end) => end > 0 && Number.isFinite(end));
  const reach = Math.min(Math.log(100), Math.max(Math.log(1.5), ...ends.map((end) => Math.abs(Math.log(end)))));
  const place = (ratio: number) =>
    WIDTH / 2 + (Math.max(-reach, Math.min(reach, Math.log(ratio))) / reach) * (WIDTH / 2 - 8);
  return (
    <section className="coefficients-part">
      <div className="figure-head">
        <h3>Coefficients</h3>
        <span className="t3 small">
          {`odds ratio per unit of the column${several ? ', per class' : classes.length === 2 ? `, for ${classWords(classes[1]!, target)}` : ''}; Wald 95 %, of the penalised fit where there is a penalty; log scale, line at 1`}
        </span>
      </div>
      <table className="plain coefficients" aria-label="Coefficients">
        <thead>
          <tr>
            <th>Feature</th>
            {several && <th>Class</th>}
            <th className="right">Coefficient</th>
            <th className="right">Odds ratio</th>
            <th className="right">p</th>
            <td className="forest" />
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.outcome} ${row.name}`}>
              <td>
                {row.name === INTERCEPT ? (
                  <span className="t2">intercept</span>
                ) : (
                  <code title={row.name}>{row.name}</code>
                )}
              </td>
              {several && <td>{row.outcome}</td>}
              <td className="right">{plain(Number(row.coefficient.toPrecision(3)))}</td>
              {row.name === INTERCEPT ? (
                <td colSpan={3} />
              ) : (
                <>
                  <td className="right">
                    <Estimated
                      of={{ value: ratioOf(row), low: row.low, high: row.high }}
                      decimals={ratioDecimals(row)}
                    />
                  </td>
                  <td className="right t2">{row.p === null ? MISSING : pValue(row.p).replace(/^p (= )?/, '')}</td>
                  <td className="forest">
                    <Whisker row={row} place={place} />
                  </td>
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Rows of a logistic run all have one. */
const ratioOf = ({ oddsRatio, coefficient }: Row): number => oddsRatio ?? Math.exp(coefficient);

/** A ratio keeps two significant digits in its lower bound: on a ratio's scale 0.5 and 2 are equally far from 1. */
function ratioDecimals({ low, high }: Row): number | undefined {
  if (low === null || high === null || low <= 0) return undefined;
  return Math.max(intervalDecimals(low, high) ?? 0, Math.min(3, 1 - Math.floor(Math.log10(low))));
}

function Whisker({ row, place }: { row: Row; place: (ratio: number) => number }) {
  return (
    <svg width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <line x1={WIDTH / 2} x2={WIDTH / 2} y1={0} y2={HEIGHT} />
      {row.low !== null && row.high !== null && (
        <line className="whisker" x1={place(row.low)} x2={place(row.high)} y1={HEIGHT / 2} y2={HEIGHT / 2} />
      )}
      <circle cx={place(ratioOf(row))} cy={HEIGHT / 2} r={3.5} />
    </svg>
  );
}
