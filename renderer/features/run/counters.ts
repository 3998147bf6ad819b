/** What a `system/…` series measures: its name, unit, fixed top of scale (null: the largest value) and place in the list. */
export type Counter = { name: string; unit: string; top: number | null; caption: string; rank: number };

const own = 'the run and the processes it started';
const machine = 'the whole machine';
const device = 'the whole device';

const counters: Record<string, Omit<Counter, 'rank'>> = {
  'gpu-utilization': { name: 'GPU', unit: '%', top: 100, caption: device },
  'gpu-memory': { name: 'GPU memory, own', unit: 'MiB', top: null, caption: own },
  'gpu-device-memory': { name: 'GPU memory', unit: 'MiB', top: null, caption: device },
  'gpu-power': { name: 'GPU power', unit: 'W', top: null, caption: device },
  'gpu-temperature': { name: 'GPU temperature', unit: '°C', top: null, caption: device },
  cpu: { name: 'CPU, own', unit: '% of one core', top: null, caption: own },
  'machine-cpu': { name: 'CPU', unit: '%', top: 100, caption: machine },
  memory: { name: 'Memory, own', unit: 'MiB', top: null, caption: own },
  'machine-memory': { name: 'Memory', unit: 'MiB', top: null, caption: machine },
  'disk-read': { name: 'Disk read', unit: 'MiB/s', top: null, caption: machine },
  'disk-write': { name: 'Disk write', unit: 'MiB/s', top: null, caption: machine },
};

const order = Object.keys(counters);

/** The counter of a series key; a further GPU's key says `gpu1`, a key nobody knows stands for itself. */
export function counterOf(key: string): Counter {
  const [, further = '', rest = key.replace(/^system\//, '')] = /^system\/gpu(\d+)(-.+)$/.exec(key) ?? [];
  const plain = further === '' ? rest : `gpu${rest}`;
  const known = counters[plain];
  if (!known) return { name: rest, unit: '', top: null, caption: '', rank: 1_000 };
  const rank = order.indexOf(plain) + Number(further) * 0.1;
  return {
    ...known,
    name: further === '' ? known.name : known.name.replace('GPU', `GPU ${Number(further) + 1}`),
    rank,
  };
}
