import { createRandom } from '../../shared/statistics/random.ts';

export type ClusteredSample = { truth: Uint8Array; scores: Float64Array; other: Float64Array; subject: Int32Array };

/**
 * Persons with an effect of their own on the score: a person's rows share their class, scores of positives are shifted by
 * `shift` standard deviations and rows of one person correlate by `correlation`. The true AUC of both scores is Φ(shift/√2).
 */
export function clusteredSample(
  seed: number,
  options: { positives: number; negatives: number; rowsPerPerson: number; shift: number; correlation: number },
): ClusteredSample {
  const random = createRandom(seed);
  const persons = options.positives + options.negatives;
  const rows = persons * options.rowsPerPerson;
  const sample = {
    truth: new Uint8Array(rows),
    scores: new Float64Array(rows),
    other: new Float64Array(rows),
    subject: new Int32Array(rows),
  };
  const shared = Math.sqrt(options.correlation);
  const own = Math.sqrt(1 - options.correlation);
  for (let person = 0, row = 0; person < persons; person++) {
    const positive = person < options.positives ? 1 : 0;
    const effects = [random.normal(), random.normal()];
    for (let k = 0; k < options.rowsPerPerson; k++, row++) {
      sample.truth[row] = positive;
      sample.subject[row] = person;
      sample.scores[row] = options.shift * positive + shared * effects[0]! + own * random.normal();
      sample.other[row] = options.shift * positive + shared * effects[1]! + own * random.normal();
    }
  }
  return sample;
}

/** Scores spread over (0, 1) with outcomes drawn with exactly these probabilities, each person with a share of their own. */
export function calibratedSample(seed: number, persons: number, rowsPerPerson: number) {
  const random = createRandom(seed);
  const rows = persons * rowsPerPerson;
  const truth = new Uint8Array(rows);
  const scores = new Float64Array(rows);
  const subject = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    subject[row] = Math.floor(row / rowsPerPerson);
    scores[row] = 1 / (1 + Math.exp(0.8 - 1.2 * random.normal()));
    truth[row] = random.uniform() < scores[row]! ? 1 : 0;
  }
  return { truth, scores, subject };
}
