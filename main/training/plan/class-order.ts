const positive = new Set([
  'yes',
  'y',
  'true',
  't',
  'positive',
  'pos',
  'died',
  'dead',
  'death',
  'deceased',
  'event',
  'case',
  'present',
  'abnormal',
]);
const negative = new Set([
  'no',
  'n',
  'false',
  'f',
  'negative',
  'neg',
  'alive',
  'survived',
  'censored',
  'control',
  'absent',
  'none',
  'normal',
  'healthy',
]);

/**
 * Class labels in score order. Numbers ascend, other labels follow the alphabet (code points). Of two labels the last is the
 * positive class: the larger number, the one that says yes (yes, true, positive, died, event, case …), the one beside a
 * word that says no (no, alive, control, normal …), otherwise the last of the alphabet.
 */
export function orderClasses(labels: string[]): string[] {
  const numbers = labels.every((label) => label.trim() !== '' && Number.isFinite(Number(label)));
  const sorted = [...labels].sort((a, b) => (numbers ? Number(a) - Number(b) : a < b ? -1 : a > b ? 1 : 0));
  if (numbers || sorted.length !== 2) return sorted;
  const weight = (label: string): number => {
    const word = label.trim().toLowerCase();
    return positive.has(word) ? 1 : negative.has(word) ? -1 : 0;
  };
  // The sort is stable: labels that say nothing stay in the order of the alphabet.
  return sorted.sort((a, b) => weight(a) - weight(b));
}
