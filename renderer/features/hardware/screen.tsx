import './hardware.css';
import { Link } from 'wouter';
import { fixed, mebibytes, percent, plural } from '../../../shared/format.ts';
import type { HardwareSample } from '../../../shared/model/hardware.ts';
import { useCall } from '../../query.ts';
import { to } from '../../ui/navigation.ts';
import { EmptyState, ErrorNotice, ProgressLine, ScreenHeader } from '../../ui/screen.tsx';
import { type Live, useHardware } from './history.ts';
import { Resource } from './resource.tsx';

/** A counter that could not be read. */
const NOT_READ = 'n/a';
const share = (value: number | null) => (value === null ? NOT_READ : percent(value / 100));
const memory = (mib: number | null) => (mib === null ? NOT_READ : mebibytes(mib));

const cpu = (sample: HardwareSample) => sample.cpu.utilization;
const usedMemory = (sample: HardwareSample) => (sample.memory.usedMiB === null ? null : sample.memory.usedMiB / 1024);
const throughput = ({ disk }: HardwareSample) =>
  disk.readMiBps === null && disk.writeMiBps === null ? null : (disk.readMiBps ?? 0) + (disk.writeMiBps ?? 0);
const gpuReaders = Array.from(
  { length: 16 },
  (_, index) => (sample: HardwareSample) => sample.gpus[index]?.utilization ?? null,
);

/** What the machine does now and did in the last two hours, and which runs use it. */
export function HardwareScreen() {
  const { live, error } = useHardware();
  const now = live.samples.at(-1);
  return (
    <>
      <ScreenHeader title="Hardware" fact={now && `${now.cpu.model}, ${plural(now.cpu.cores, 'core')}`} />
      <ProgressLine />
      <div className="hardware">
        {error && <ErrorNotice error={error} />}
        {!now && !error && <EmptyState>The first reading arrives within ten seconds.</EmptyState>}
        {now && <Counters now={now} samples={live.samples} />}
        {now && <Users runs={live.runs} cores={now.cpu.cores} />}
      </div>
    </>
  );
}

function Counters({ now, samples }: { now: HardwareSample; samples: readonly HardwareSample[] }) {
  const { disk } = now;
  return (
    <>
      <Resource
        title="Processor"
        now={share(now.cpu.utilization)}
        detail={
          now.cpu.temperatureC === null ? now.cpu.model : `${now.cpu.model}, ${fixed(now.cpu.temperatureC, 0)} °C`
        }
        unit="% of all cores"
        max={100}
        samples={samples}
        read={cpu}
      />
      {now.gpus.map((gpu, index) => (
        <Resource
          // biome-ignore lint/suspicious/noArrayIndexKey: devices keep their place
          key={index}
          title={now.gpus.length > 1 ? `GPU ${index}` : 'GPU'}
          now={share(gpu.utilization)}
          detail={[
            gpu.name,
            `${memory(gpu.memoryUsedMiB)} of ${memory(gpu.memoryMiB)}`,
            gpu.powerW === null ? null : `${fixed(gpu.powerW, 0)} W`,
            gpu.temperatureC === null ? null : `${fixed(gpu.temperatureC, 0)} °C`,
          ]
            .filter((part) => part !== null)
            .join(', ')}
          unit="% of the device"
          max={100}
          samples={samples}
          read={gpuReaders[index]!}
        />
      ))}
      <Resource
        title="Memory"
        now={memory(now.memory.usedMiB)}
        detail={`of ${memory(now.memory.totalMiB)}`}
        unit="GB used"
        max={now.memory.totalMiB === null ? null : now.memory.totalMiB / 1024}
        samples={samples}
        read={usedMemory}
      />
      <Resource
        title="Disk"
        now={disk.usedGiB === null ? NOT_READ : `${fixed(disk.usedGiB, 1)} GB used`}
        detail={`${disk.totalGiB === null ? 'size n/a' : `of ${fixed(disk.totalGiB, 1)} GB`}; reading ${rate(disk.readMiBps)}, writing ${rate(disk.writeMiBps)}`}
        unit="MB/s read and written"
        max={null}
        samples={samples}
        read={throughput}
      />
    </>
  );
}

const rate = (value: number | null) => (value === null ? NOT_READ : `${fixed(value, 1)} MB/s`);

function Users({ runs, cores }: { runs: Live['runs']; cores: number }) {
  const names = useCall(
    'runs.list',
    { study: null, filter: 'status = "running"', sort: null, limit: 100, cursor: null, bin: false },
    { enabled: runs.length > 0 },
  );
  const nameOf = (id: string) => names.data?.runs.find((run) => run.id === id)?.name ?? 'A run';
  return (
    <section aria-label="Runs using this machine">
      <h2>Runs using this machine</h2>
      {runs.length === 0 ? (
        <p className="t2">No run is training.</p>
      ) : (
        <table className="plain" aria-label="Runs using this machine">
          <thead>
            <tr>
              <th>Run</th>
              <th className="right">Processor</th>
              <th className="right">Memory</th>
              <th className="right">GPU memory</th>
              <th className="right">Processes</th>
            </tr>
          </thead>
          <tbody>
            {runs.map(({ id, sample }) => (
              <tr key={id}>
                <td>
                  <Link href={to.run(id)}>{nameOf(id)}</Link>
                </td>
                <td className="right">
                  {sample.cpu === null ? NOT_READ : `${percent(sample.cpu / 100 / cores)} of all cores`}
                </td>
                <td className="right">{memory(sample.memoryMiB)}</td>
                <td className="right">{memory(sample.gpuMemoryMiB)}</td>
                <td className="right">{sample.processes}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
