import { count } from '../../../shared/format.ts';
import type { Confusion as Counts } from '../../../shared/statistics/confusion.ts';

type Props = { confusion: Counts; threshold: number; positiveLabel: string; negativeLabel: string };

/** The four counts at the threshold; the diagonal is where the model was right. */
export function Confusion({ confusion, threshold, positiveLabel, negativeLabel }: Props) {
  const { truePositive, falseNegative, falsePositive, trueNegative } = confusion;
  const cell = (value: number, word: string, hit: boolean) => (
    <td className={hit ? 'hit' : undefined}>
      <b>{count(value)}</b>
      <span>{word}</span>
    </td>
  );
  return (
    <div>
      <div className="figure-head">
        <h3>Confusion matrix</h3>
        <span className="t3 small">at {threshold.toFixed(2)}</span>
      </div>
      <table className="confusion">
        <thead>
          <tr>
            <td />
            <th scope="col" title={positiveLabel}>
              pred. {positiveLabel}
            </th>
            <th scope="col" title={negativeLabel}>
              {negativeLabel}
            </th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">
              {positiveLabel}
              <br />
              {count(truePositive + falseNegative)}
            </th>
            {cell(truePositive, 'true pos.', true)}
            {cell(falseNegative, 'missed', false)}
          </tr>
          <tr>
            <th scope="row">
              {negativeLabel}
              <br />
              {count(falsePositive + trueNegative)}
            </th>
            {cell(falsePositive, 'false alarm', false)}
            {cell(trueNegative, 'true neg.', true)}
          </tr>
        </tbody>
      </table>
      <p className="t3 small confusion-note">
        Counts as they are: shown on this machine only. A report shows them by the disclosure rules.
      </p>
    </div>
  );
}
