import { AppError } from '../../shared/errors.ts';
import type { HardwareSample } from '../../shared/model/hardware.ts';
import type { RegisterCommand } from './command.ts';

/**
 * `hardware [--watch SECONDS]`: what the machine is doing now; with `--watch` for that many seconds, a reading a second (with
 * `--json` all of them in the one value, as `samples` beside the last one).
 */
export const hardwareCommand: RegisterCommand = (program, run) => {
  const command = program
    .command('hardware')
    .description('what the machine is doing now')
    .option('--watch <seconds>', 'watch it for so many seconds');
  command.action(async ({ watch }: { watch?: string }) => {
    await run(command, async (context) => {
      const seconds = watch === undefined ? null : Number(watch);
      if (seconds !== null && !(seconds >= 1 && seconds <= 86_400)) {
        throw new AppError('INPUT_INVALID', `--watch takes 1 to 86400 seconds, not "${watch}".`);
      }
      const onSample = (sample: HardwareSample) => {
        if (seconds !== null && context.options.json !== true) context.print(sample, () => `${describe(sample)}\n`);
      };
      const { samples, interrupted } = await collect(context.vaultDir, seconds, onSample);
      const last = samples.at(-1);
      if (interrupted) context.exitCode = 130;
      if (last === undefined) return;
      if (seconds === null) context.print(last, () => describe(last));
      else if (context.options.json === true) context.print({ ...last, samples }, () => '');
    });
  });
};

/** One reading, or those of `seconds`. The first two are left out: rates need two, and nvidia-smi a moment. */
async function collect(folder: string, seconds: number | null, onSample: (sample: HardwareSample) => void) {
  const { createSampler } = await import('../hardware/sampler.ts');
  const sampler = createSampler({ folder, activeMs: seconds === null ? 400 : 1_000 });
  const samples: HardwareSample[] = [];
  let seen = 0;
  let interrupted = false;
  await new Promise<void>((resolve) => {
    // A sampler neither keeps a process alive nor stays awake by itself.
    const awake = setInterval(() => sampler.look(), 30_000);
    const end = () => {
      clearInterval(awake);
      resolve();
    };
    process.once('SIGINT', () => {
      interrupted = true;
      end();
    });
    sampler.onSample((sample) => {
      seen += 1;
      if (seen < 3) return;
      samples.push(sample);
      onSample(sample);
      if (samples.length >= (seconds ?? 1)) end();
    });
    sampler.look();
  });
  sampler.close();
  return { samples, interrupted };
}

function describe({ cpu, memory, disk, gpus }: HardwareSample): string {
  const n = (value: number | null, digits = 0) => (value === null ? 'n/a' : value.toFixed(digits));
  const gibibytes = (mib: number | null) => n(mib === null ? null : mib / 1024, 1);
  return [
    `CPU     ${n(cpu.utilization)} % of ${cpu.cores} cores, ${n(cpu.temperatureC)} °C  (${cpu.model})`,
    `Memory  ${gibibytes(memory.usedMiB)} of ${gibibytes(memory.totalMiB)} GiB`,
    `Disk    ${n(disk.usedGiB)} of ${n(disk.totalGiB)} GiB, read ${n(disk.readMiBps, 1)} MiB/s, write ${n(disk.writeMiBps, 1)} MiB/s`,
    ...(gpus.length === 0 ? ['GPU     none found'] : []),
    ...gpus.map(
      (gpu) =>
        `GPU     ${gpu.name}: ${n(gpu.utilization)} %, memory ${gibibytes(gpu.memoryUsedMiB)} of ${gibibytes(gpu.memoryMiB)} GiB, ${n(gpu.powerW)} W, ${n(gpu.temperatureC)} °C`,
    ),
  ].join('\n');
}
