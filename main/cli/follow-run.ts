import type { RunStatus } from '../../shared/model/run.ts';
import type { RunNews, Supervisor } from '../training/supervisor.ts';
import type { VaultClient } from '../workers/client.ts';
import type { CliContext } from './context.ts';
import { describeTrained, type TrainedRun, trainedRun } from './trained-run.ts';

export type Followed = { id: string; status: RunStatus; trained: TrainedRun };

/**
 * Begins a run in this process with `begin`, shows how it goes on stderr, and waits for its end. Ctrl-C and SIGTERM stop the run
 * and keep it. `after` works on what the run has left while the supervisor is still there. Returns null, with the exit status
 * set and the reason printed, when the run did not finish.
 */
export async function followRun<T = null>(
  context: CliContext,
  client: VaultClient,
  begin: (supervisor: Supervisor) => Promise<{ id: string }>,
  after?: (supervisor: Supervisor, id: string) => Promise<T>,
): Promise<(Followed & { after: T | null }) | null> {
  const { createSupervisor } = await import('../training/supervisor.ts');
  const { sampleRun } = await import('../hardware/sample-run.ts');
  await client.call('internal.recoverRuns', {});
  const ends = new Map<string, Extract<RunNews, { type: 'ended' }>>();
  let told = '';
  const supervisor = createSupervisor({
    client,
    vaultDir: context.vaultDir,
    onNews(news) {
      if (news.type === 'ended') ends.set(news.id, news);
      const line = news.type === 'waiting' ? `Waits, place ${news.place}: ${news.why}.` : '';
      if (line !== '' && line !== told) context.say(line);
      told = line === '' ? told : line;
      report(context, news);
    },
    watch: (id, pid, signal, started) =>
      sampleRun((input) => client.call('internal.appendPoints', input), context.vaultDir, id, pid, signal, started),
  });
  const { id } = await begin(supervisor);
  const interrupt = (): void => {
    for (const job of supervisor.list()) void supervisor.stop(job.id).catch(() => {});
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  const status = await supervisor.wait(id);
  const worked = status === 'finished' && after !== undefined ? await after(supervisor, id) : null;
  process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  await supervisor.close();
  const trained = await trainedRun(client, id);
  if (status === 'finished') return { id, status, trained, after: worked };
  context.exitCode = status === 'stopped' ? 130 : 1;
  const error = { code: ends.get(id)?.code ?? 'CANCELLED', message: trained.reason ?? status };
  context.say(`error: ${error.code}: ${error.message}`);
  if (trained.resumable) context.say(`wardbook resume ${id.slice(0, 8)} goes on with it.`);
  if (context.options.json) context.print({ ...trained, error }, () => '');
  return null;
}

/** As `followRun`, and prints what the run has come to. */
export async function followAndPrint(
  context: CliContext,
  client: VaultClient,
  begin: (supervisor: Supervisor) => Promise<{ id: string }>,
): Promise<void> {
  const followed = await followRun(context, client, begin);
  if (followed !== null) context.print(followed.trained, () => describeTrained(followed.trained));
}

function report(context: CliContext, news: RunNews): void {
  if (news.type === 'started') context.say(`${news.engine.engine}: ${news.engine.device} (${news.engine.reason})`);
  if (news.type !== 'progress') return;
  const left = news.leftMs === null ? '' : `about ${Math.max(1, Math.round(news.leftMs / 1000))} s left`;
  context.progress('Training', news.done, [rateText(news.rate), left].filter((part) => part !== '').join(', '));
}

/** Two digits are enough for a speed: `41 epochs/s`, `0.35 trees/s`. */
function rateText(rate: { value: number; unit: string } | null): string {
  return rate === null ? '' : `${Number(rate.value.toPrecision(2))} ${rate.unit}/s`;
}
