/** A valid dataset name from a file's name: `Cohort 2024 (final).csv` gives `cohort-2024-final`. */
export function suggestName(fileName: string, otherwise: string): string {
  const plain = fileName
    .replace(/\.[A-Za-z0-9]{1,5}$/, '')
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '')
    .toLowerCase();
  return plain.slice(0, 100) || otherwise;
}
