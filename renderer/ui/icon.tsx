const paths = {
  runs: 'M2.5 4h11M2.5 8h11M2.5 12h7',
  compare: 'M2.5 12.5c3 0 3-8 6-8s2.5 4 5 4M2.5 6.5c4 0 5 5 11 5',
  train: 'M5 3.5v9l7.5-4.5z',
  dataset: 'M3 4.2C3 3 13 3 13 4.2v7.6C13 13 3 13 3 11.8zM3 4.2C3 5.4 13 5.4 13 4.2M3 8c0 1.2 10 1.2 10 0',
  model: 'M8 2.2l5 2.9v5.8l-5 2.9-5-2.9V5.1zM3 5.1l5 2.9 5-2.9M8 8v5.8',
  hardware: 'M4.5 4.5h7v7h-7zM6 2v2.5M10 2v2.5M6 11.5V14M10 11.5V14M2 6h2.5M2 10h2.5M11.5 6H14M11.5 10H14',
  export: 'M8 10V2.5M5 5l3-3 3 3M3 9v4.5h10V9',
  activity: 'M3.5 2.5h9v11h-9zM6 6h4M6 8.5h4M6 11h2.5',
  settings:
    'M2.5 5h6M11.5 5h2M2.5 11h2M7.5 11h6M8.5 5a1.5 1.5 0 1 0 3 0 1.5 1.5 0 1 0-3 0M4.5 11a1.5 1.5 0 1 0 3 0 1.5 1.5 0 1 0-3 0',
  plus: 'M8 3.5v9M3.5 8h9',
  check: 'M3.5 8.5l3 3 6-7',
  warning: 'M8 2.5l6 10.5H2zM8 6.5v3M8 11.2v.1',
  cross: 'M4.5 4.5l7 7M11.5 4.5l-7 7',
  right: 'M6.5 4.5L10 8l-3.5 3.5',
  left: 'M9.5 4.5L6 8l3.5 3.5',
  down: 'M4.5 6.5L8 10l3.5-3.5',
  again: 'M12.8 6.2A5 5 0 1 0 13 8.6M13 3v3.3H9.7',
  clock: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 5v3.2l2 1.3',
  code: 'M5 3.5L2 8l3 4.5M11 3.5L14 8l-3 4.5',
  note: 'M3 13l.7-2.8L10.6 3.3l2.1 2.1-6.9 6.9z',
  descending: 'M8 4v8M5 9l3 3 3-3',
  ascending: 'M8 12V4M5 7l3-3 3 3',
  square: 'M4.5 4.5h7v7h-7z',
  lock: 'M4 7.5h8v6H4zM5.5 7.5V5.2a2.5 2.5 0 0 1 5 0v2.3',
  bin: 'M3 4.5h10M6 4.5V3h4v1.5M4.5 4.5l.6 9h5.8l.6-9',
  group: 'M2.5 4h11M5.5 8h8M5.5 12h8M2.5 8v4',
  filter: 'M2.5 4h11M4.5 8h7M6.5 12h3',
  tag: 'M2.5 3v4.6l6 6 4.9-4.9-6-6zM5.3 5.4v.1',
  columns: 'M2.5 3.5h11v9h-11zM6.2 3.5v9M9.8 3.5v9',
  table: 'M2.5 3.5h11v9h-11zM2.5 6.5h11M2.5 9.5h11M6.5 6.5v6',
  chart: 'M2.5 2.5v11h11M5 10l2.5-3.5 2 2L13 4',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.3 10.3l3.2 3.2',
  person: 'M8 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM3 13.5c0-2.5 2-4 5-4s5 1.5 5 4',
  folder: 'M2 4h4.2l1.5 1.8H14v7.2H2z',
  copy: 'M5.5 5.5h7.5v8H5.5zM3 10.5v-8h7.5',
  file: 'M4 2.5h5l3 3v8H4zM9 2.5v3h3',
  info: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 7.3v3.6M8 5v.1',
} as const;

export type IconName = keyof typeof paths;

/** A line icon beside a word; decoration only, so hidden from assistive technology. */
export function Icon({ name, small = false }: { name: IconName; small?: boolean }) {
  return (
    <svg className={small ? 'ic s' : 'ic'} viewBox="0 0 16 16" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
