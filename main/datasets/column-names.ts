/** A column name as lower-case words joined by `_`: `PatientID`, `patient id` and `patient-id` are all `patient_id`. */
export function wordsOf(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^\p{L}\d]+/gu, '_')
    .replace(/^_+|_+$/g, '');
}

const subjectForms = [
  /^(?:patient|pat|pt|subject|subj|person|participant|proband|individual)_?(?:id|no|nr|num|number|code|key|uid|pseudonym)$/,
  /^(?:usubjid|subjid|patid|pid|patient|subject|participant|pseudonym)$/,
  /^(?:id|case_?id|record_?id|study_?id|mrn)$/,
];

/** How well a name fits a subject column: 0 best, -1 not at all. */
export const subjectFit = (name: string): number => subjectForms.findIndex((form) => form.test(wordsOf(name)));

const site = /^(?:site|center|centre|hospital|clinic|institution|facility)_?(?:id|no|nr|code|name)?$/;
export const isSiteName = (name: string): boolean => site.test(wordsOf(name));

const split = /^(?:split|fold|partition|subset|data_?set|set|part)$/;
export const isSplitName = (name: string): boolean => split.test(wordsOf(name));

const classes = /^(?:label|labels|class|class_name|class_id|diagnosis|finding|findings|target|category|outcome)$/;
export const isClassName = (name: string): boolean => classes.test(wordsOf(name));
