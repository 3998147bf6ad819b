import { count, plain, plural } from '../../../shared/format.ts';
import type { DatasetFit } from '../../../shared/model/run.ts';
import { Notice } from '../../ui/screen.tsx';

/** How other data fits a stored model, in sentences: what stops it, what differs, and who was left out. */
export function DatasetFitWords({ fit }: { fit: DatasetFit }) {
  return (
    <div className="dataset-fit">
      {fit.refused.map((sentence) => (
        <p key={sentence} className="bad">
          {sentence}
        </p>
      ))}
      <p className="t2">
        {plural(fit.rows, 'row')} with a target
        {fit.subjects !== null && `, ${plural(fit.subjects, 'subject')}`}. {seenWords(fit)}
      </p>
      {differences(fit).map((sentence) => (
        <Notice key={sentence}>{sentence}</Notice>
      ))}
    </div>
  );
}

function seenWords({ subjectsSeenInTraining: seen, excludedRows }: DatasetFit): string {
  if (seen === null) return 'Nobody can say whether the model saw these persons in training.';
  if (seen === 0) return 'None of them was seen in training.';
  return `${plural(seen, 'subject')} seen in training ${seen === 1 ? 'is' : 'are'} left out with ${plural(excludedRows, 'row')}.`;
}

/** What is other than in training, one sentence each. */
function differences({ otherTypes, newCategories, units, imagesSeenInTraining: alike }: DatasetFit): string[] {
  return [
    ...(alike
      ? [`${plural(alike, 'row')} left out: the image looks the same as one that the model saw in training.`]
      : []),
    ...otherTypes.map(
      ({ column, expected, found }) => `${column} holds ${found} cells where the model expects ${expected}.`,
    ),
    ...newCategories.map(
      ({ column, levels, rows }) =>
        `${column} has ${plural(levels.length, 'level')} that training did not have, in ${plural(rows, 'row')}; they count as the reference level.`,
    ),
    ...units.map(
      ({ column, trainingMedian, median, conversion }) =>
        `${column} lies elsewhere than in training: median ${plain(median)} against ${plain(trainingMedian)}.${conversion === null ? '' : ` Another unit would explain it: ${conversion}.`}`,
    ),
  ];
}

/** In one line, for the facts of the run: `480 rows, 12 subjects left out`. */
export function fitLine({ rows, subjectsSeenInTraining: seen }: DatasetFit): string {
  return seen ? `${count(rows)} rows, ${plural(seen, 'subject')} left out` : `${count(rows)} rows`;
}
