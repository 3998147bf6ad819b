import './coefficients.css';
import { MISSING, plain, pValue } from '../../../shared/format.ts';
import type { RunDetail } from '../../../shared/model/run.ts';
import { Estimated } from '../../ui/number.tsx';

type Row = NonNullable<RunDetail['coefficients']>[number];

/** Coefficients of a linear run with their intervals, in the units of the data. */
export function LinearCoefficients({ rows, target }: { rows: readonly Row[]; target: string | null }) {
  return (
    <section className="coefficients-part">
      <div className="figure-head">
        <h3>Coefficients</h3>
        <span className="t3 small">
          {`change of ${target ?? 'the target'} per unit of the column; Wald 95 %, of the penalised fit where there is a penalty`}
        </span>
      </div>
      <table className="plain coefficients" aria-label="Coefficients">
        <thead>
          <tr>
            <th>Feature</th>
            <th className="right">Coefficient</th>
            <th className="right">p</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, coefficient, low, high, p }) => (
            <tr key={name}>
              <td>
                {name === '(intercept)' ? <span className="t2">intercept</span> : <code title={name}>{name}</code>}
              </td>
              <td className="right">
                {low === null || high === null ? (
                  plain(Number(coefficient.toPrecision(3)))
                ) : (
                  <Estimated of={{ value: coefficient, low, high }} />
                )}
              </td>
              <td className="right t2">{p === null ? MISSING : pValue(p).replace(/^p (= )?/, '')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
