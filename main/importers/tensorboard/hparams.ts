import { decodeHParams, type HParamsPluginData } from './messages.ts';
import type { RunState } from './run-state.ts';

/** Status of a session as the hparams plugin numbers it. */
const sessionStatus = { success: 1, failure: 2 };

/** Params, and how the session ended. */
export function takeHParams(run: RunState, content: Uint8Array | undefined): void {
  if (content === undefined) return;
  let data: HParamsPluginData;
  try {
    data = decodeHParams(content);
  } catch {
    run.skipped.add('hyperparameters that cannot be read');
    return;
  }
  for (const { key = '', value = {} } of data.session_start_info?.hparams ?? []) {
    const param = value.number_value ?? value.string_value ?? value.bool_value;
    if (key !== '' && param !== undefined) run.params[key] = param;
  }
  const status = data.session_end_info?.status;
  if (status === sessionStatus.success) run.ended = 'finished';
  if (status === sessionStatus.failure) run.ended = 'failed';
}
