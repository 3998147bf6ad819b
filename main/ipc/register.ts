import type { z } from 'zod';
import {
  type CallInput,
  type CallName,
  type CallOutput,
  contract,
  type MainName,
} from '../../shared/contract/index.ts';
import { AppError, type Result, toFailure } from '../../shared/errors.ts';
import type { Host, HostInvokeEvent } from '../host/host.ts';
import { isAppUrl } from '../window/policy.ts';
import type { VaultClient } from '../workers/client.ts';
import { callChannel, refusedChannel } from './channels.ts';
import { isWithinLimits, maxInputBytes } from './measure.ts';

/** The calls that main answers itself, by name; the compiler asks for every one of them. */
export type MainCalls = { [K in MainName]: (input: CallInput<K>) => CallOutput<K> | Promise<CallOutput<K>> };

export type RegisterOptions = {
  ipcMain: Host['ipcMain'];
  client: Pick<VaultClient, 'call'>;
  calls: MainCalls;
  /** A page's policy refused a request to another origin. */
  onRefused(): void;
  /** The cause of an unexpected error, for the local log. */
  onUnexpected(name: string, error: unknown): void;
};

/**
 * The one door for pages: checks who asks, that the call exists, that its input is small and of the declared shape; then
 * forwards it to the store or answers it, and wraps what came of it. A caller or a name that cannot come from our own page
 * makes it throw; everything else is a `Result`.
 */
export function registerCalls(options: RegisterOptions): void {
  options.ipcMain.handle(callChannel, (event, name, input) => answer(options, event, name, input));
  options.ipcMain.handle(refusedChannel, (event) => {
    assertOurPage(event);
    options.onRefused();
  });
}

async function answer(
  { client, calls, onUnexpected }: RegisterOptions,
  event: HostInvokeEvent,
  name: unknown,
  input: unknown,
): Promise<Result<unknown>> {
  assertOurPage(event);
  if (!isCallName(name)) throw new Error('no such call');
  try {
    const parsed = parse(name, input);
    return { ok: true, value: await dispatch(client, calls, name, parsed) };
  } catch (error) {
    if (!(error instanceof AppError)) onUnexpected(name, error);
    return { ok: false, error: toFailure(error) };
  }
}

/** Only the top frame of a page of ours, by its parsed address, may call [E17]. */
function assertOurPage({ sender, senderFrame }: HostInvokeEvent): void {
  if (senderFrame === null || senderFrame !== sender.mainFrame || !isAppUrl(senderFrame.url)) {
    throw new Error('this caller may not call');
  }
}

const isCallName = (name: unknown): name is CallName => typeof name === 'string' && Object.hasOwn(contract, name);

function parse(name: CallName, input: unknown): unknown {
  if (!isWithinLimits(input)) {
    throw new AppError(
      'INPUT_INVALID',
      `The call ${name} was given more than ${maxInputBytes / 2 ** 20} MiB, or nested too deep.`,
    );
  }
  const result = contract[name].input.safeParse(input);
  if (result.success) return result.data;
  throw new AppError(
    'INPUT_INVALID',
    `The call ${name} was given something else than it takes: ${describe(result.error)}.`,
  );
}

/** Where and what, without the value: it may be a person's. */
function describe(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue === undefined ? 'invalid' : `${issue.path.join('.') || 'input'} (${issue.code})`;
}

function dispatch(client: Pick<VaultClient, 'call'>, calls: MainCalls, name: CallName, input: unknown): unknown {
  if (contract[name].kind === 'main') return (calls[name as MainName] as (input: unknown) => unknown)(input);
  return (client.call as (name: string, input: unknown) => Promise<unknown>)(name, input);
}
