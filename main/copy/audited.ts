import type { RunPage } from '../../shared/contract/runs.ts';
import { AppError } from '../../shared/errors.ts';
import { userName } from '../platform/user.ts';
import type { VaultClient } from '../workers/client.ts';
import { setTotals } from './watch.ts';
import type { CopyDone, CopyWish, ReplayDone, ReplayWish } from './wish.ts';

type Client = Pick<VaultClient, 'call'>;

/**
 * A local copy as PRIVACY L3 asks for it: the policy allows it, the audit entry with its counts is written before the first byte,
 * and the folder says INTERNAL. Throws COPY_NOT_ALLOWED, OUTPUT_REFUSED, OUTPUT_UNWRITABLE, RUN_NOT_FOUND, DISK_FULL or CANCELLED.
 */
export async function copyAudited(client: Client, wish: CopyWish): Promise<CopyDone> {
  const { localCopies } = await client.call('settings.get', {});
  if (localCopies === 'off') throw notAllowed('Local copies are');
  const plan = await client.call('internal.planCopy', { ids: wish.ids });
  const anywhere = localCopies === 'anywhere';
  const detail = {
    ...plan,
    to: 'folder',
    format: wish.format,
    file: wish.artifact === null ? null : 1,
    by: userName(),
  };
  setTotals(wish.watch, plan);
  await client.call('internal.checkCopyTarget', { outDir: wish.outDir, anywhere });
  await client.call('internal.audit', { action: 'copy.runs', detail });
  return client.call('internal.copyRuns', wish);
}

/** The same runs on a tracking server of this machine. Throws COPY_NOT_ALLOWED, ADDRESS_REFUSED, SERVER_UNREACHABLE, SERVER_REFUSED. */
export async function replayAudited(client: Client, wish: ReplayWish): Promise<ReplayDone> {
  const { replay } = await client.call('settings.get', {});
  if (replay === 'off') throw notAllowed('Copying to a tracking server is');
  const plan = await client.call('internal.planCopy', { ids: wish.ids });
  const { port } = await client.call('internal.checkReplayAddress', { url: wish.url });
  setTotals(wish.watch, plan);
  const detail = { ...plan, to: 'mlflow', port, by: userName() };
  await client.call('internal.audit', { action: 'copy.replay', detail });
  return client.call('internal.replayRuns', wish);
}

const notAllowed = (what: string): AppError =>
  new AppError(
    'COPY_NOT_ALLOWED',
    `${what} switched off for this vault. Nothing was written.`,
    'Settings, Local copies, says what is allowed. What may leave is a report: wardbook export.',
  );

/** Every run of a study outside the bin. Throws STUDY_NOT_FOUND. */
export async function runsOfStudy(client: Client, study: string): Promise<string[]> {
  const studies = await client.call('studies.list', {});
  if (!studies.some(({ name }) => name === study)) {
    throw new AppError(
      'STUDY_NOT_FOUND',
      `There is no study ${study.slice(0, 200)} in this vault.`,
      'List them: wardbook study list',
    );
  }
  const ids: string[] = [];
  for (let cursor: string | null = null; ; ) {
    const page: RunPage = await client.call('runs.list', {
      study,
      filter: '',
      sort: null,
      limit: 10_000,
      cursor,
      bin: false,
    });
    ids.push(...page.runs.map(({ id }) => id));
    cursor = page.next;
    if (cursor === null) return ids;
  }
}
