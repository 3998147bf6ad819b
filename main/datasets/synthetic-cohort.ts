import { createRandom, type Random } from '../../shared/statistics/random.ts';

/**
 * A made-up cohort of patients with heart failure at three hospitals, one to four visits each, and whether they were readmitted
 * within a year of each visit. No person is behind it. Its values hang together the way such values do (older patients have
 * worse kidneys, diabetes raises HbA1c), some are missing, more often at one site, and part of the risk is not linear.
 */
export type CohortSize = { patients: number; seed: number };

export const cohortColumns = [
  'patient_id',
  'site',
  'visit',
  'age',
  'sex',
  'bmi',
  'sbp',
  'heart_rate',
  'creatinine',
  'hba1c',
  'nt_probnp',
  'ejection_fraction',
  'smoker',
  'diabetes',
  'prior_mi',
  'atrial_fibrillation',
  'nyha_class',
  'admissions_last_year',
  'length_of_stay',
  'readmitted_1y',
] as const;

const sites = [
  { name: 'North', share: 0.5, missing: 0.02, risk: 0 },
  { name: 'Harbour', share: 0.3, missing: 0.04, risk: 0.25 },
  { name: 'Lakeside', share: 0.2, missing: 0.1, risk: -0.2 },
];

/** The cohort as the cells of one row after another, in the order of `cohortColumns`; the same seed gives the same cohort. */
export function* syntheticRows({ patients, seed }: CohortSize): Generator<string[]> {
  const random = createRandom(seed);
  for (let number = 1; number <= patients; number++) {
    const patient = drawPatient(random);
    const id = `${patient.site.name[0]}-${String(number).padStart(5, '0')}`;
    const visits = 1 + [0.45, 0.75, 0.92].filter((limit) => random.uniform() > limit).length;
    for (let visit = 1; visit <= visits; visit++)
      yield [id, patient.site.name, String(visit), ...drawVisit(random, patient, visit)];
  }
}

type Patient = ReturnType<typeof drawPatient>;

function drawPatient(random: Random) {
  const draw = random.uniform();
  const site = sites[draw < sites[0]!.share ? 0 : draw < sites[0]!.share + sites[1]!.share ? 1 : 2]!;
  const age = clamp(70 + 11 * random.normal(), 30, 97);
  const male = random.uniform() < 0.57;
  const bmi = clamp(27.5 - 0.04 * (age - 70) + 4.8 * random.normal(), 16, 52);
  const diabetes = chance(random, -1.1 + 0.09 * (bmi - 27) + 0.01 * (age - 70));
  const smoking = random.uniform() + (male ? 0.1 : 0) - 0.004 * (age - 70);
  const priorMi = chance(random, -1.2 + 0.02 * (age - 70) + (male ? 0.5 : 0) + (smoking > 0.85 ? 0.5 : 0));
  return {
    site,
    age,
    male,
    bmi,
    diabetes,
    priorMi,
    smoker: smoking > 0.85 ? 'current' : smoking > 0.5 ? 'former' : 'never',
    fibrillation: chance(random, -1.1 + 0.05 * (age - 70)),
    creatinine: Math.exp(0.05 + 0.009 * (age - 70) + (male ? 0.12 : 0) + (diabetes ? 0.1 : 0) + 0.28 * random.normal()),
    ejection: clamp(44 - (priorMi ? 7 : 0) - (male ? 3 : 0) + 11 * random.normal(), 12, 72),
    hba1c: diabetes ? 7.4 + 1.1 * random.normal() : 5.6 + 0.35 * random.normal(),
    // What no column tells: keeps the outcome from being known for certain.
    frailty: 0.4 * random.normal(),
  };
}

function drawVisit(random: Random, patient: Patient, visit: number): string[] {
  const { age, bmi, male, site } = patient;
  const ejection = clamp(patient.ejection + 3 * random.normal(), 10, 75);
  const creatinine = patient.creatinine * Math.exp(0.08 * random.normal() + 0.02 * (visit - 1));
  const hba1c = clamp(patient.hba1c + 0.25 * random.normal(), 4.2, 13);
  const probnp = Math.exp(
    6.9 - 0.03 * (ejection - 42) + 0.5 * Math.log(creatinine) + 0.012 * (age - 70) + 0.6 * random.normal(),
  );
  const sbp = clamp(128 + 0.25 * (age - 70) + 0.35 * (ejection - 42) + 16 * random.normal(), 78, 220);
  const heartRate = clamp(76 + (patient.fibrillation ? 8 : 0) - 0.15 * (ejection - 42) + 11 * random.normal(), 42, 160);
  const severity = 0.5 * (Math.log(probnp) - 6.9) - 0.03 * (ejection - 42) + 0.02 * (age - 70) + 0.8 * random.normal();
  const nyha = severity < -0.8 ? 1 : severity < 0.5 ? 2 : severity < 1.6 ? 3 : 4;
  const admissions = Math.min(
    6,
    Math.floor(-Math.log(1 - random.uniform()) * Math.exp(-0.2 + 0.35 * patient.frailty + 0.25 * (nyha - 2))),
  );
  const risk =
    -2.55 +
    site.risk +
    patient.frailty +
    0.042 * (age - 70) +
    0.85 * (Math.log(probnp) - 6.9) +
    1.1 * Math.log(creatinine) +
    0.6 * admissions +
    0.45 * (nyha - 2) +
    (patient.priorMi ? 0.25 : 0) +
    (patient.smoker === 'current' ? 0.35 : 0) +
    // Not linear: both too thin and too heavy, both low and high pressure, and a badly set diabetes only.
    0.011 * (bmi - 27) ** 2 +
    0.0011 * (sbp - 130) ** 2 +
    (patient.diabetes && hba1c > 8 ? 1.2 : 0);

  const readmitted = chance(random, risk);
  const stay = Math.max(
    1,
    Math.round(Math.exp(1.5 + 0.18 * (nyha - 2) + (readmitted ? 0.15 : 0) + 0.5 * random.normal())),
  );
  const cell = (text: string, times = 1): string => (random.uniform() < site.missing * times ? '' : text);
  return [
    age.toFixed(0),
    male ? 'male' : 'female',
    cell(bmi.toFixed(1)),
    cell(sbp.toFixed(0)),
    cell(heartRate.toFixed(0)),
    cell(creatinine.toFixed(2)),
    cell(hba1c.toFixed(1), patient.diabetes ? 1 : 3),
    cell(probnp.toFixed(0), 2),
    cell(ejection.toFixed(0), 2),
    cell(patient.smoker),
    patient.diabetes ? 'yes' : 'no',
    patient.priorMi ? 'yes' : 'no',
    patient.fibrillation ? 'yes' : 'no',
    ['I', 'II', 'III', 'IV'][nyha - 1]!,
    String(admissions),
    String(stay),
    readmitted ? '1' : '0',
  ];
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
const chance = (random: Random, logit: number): boolean => random.uniform() < 1 / (1 + Math.exp(-logit));
