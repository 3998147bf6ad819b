import { describe, expect, test } from 'vitest';
import type { HostFrame, HostInvokeEvent } from '../../main/host/host.ts';
import { callChannel, refusedChannel } from '../../main/ipc/channels.ts';
import { maxInputBytes } from '../../main/ipc/measure.ts';
import { type MainCalls, registerCalls } from '../../main/ipc/register.ts';
import { contract } from '../../shared/contract/index.ts';
import { AppError } from '../../shared/errors.ts';

type Listener = (event: HostInvokeEvent, ...args: unknown[]) => unknown;

const mainFrame: HostFrame = { url: 'app://wardbook/index.html' };
const from = (frame: HostFrame | null): HostInvokeEvent => ({
  sender: { mainFrame } as HostInvokeEvent['sender'],
  senderFrame: frame,
});
const id = 'a'.repeat(32);

/** Registers calls whose store answers with what it was asked, and returns the door itself. */
function door(
  mainCalls: Partial<MainCalls> = {},
  store = async (name: string, input: unknown): Promise<unknown> => ({ name, input }),
) {
  const listeners = new Map<string, Listener>();
  const unexpected: string[] = [];
  registerCalls({
    ipcMain: { handle: (channel, listener) => void listeners.set(channel, listener) },
    client: { call: store as never },
    calls: mainCalls as MainCalls,
    onRefused: () => {},
    onUnexpected: (name) => void unexpected.push(name),
  });
  const listener = listeners.get(callChannel) as Listener;
  return {
    channels: [...listeners.keys()],
    unexpected,
    call: async (...args: [HostInvokeEvent, ...unknown[]]) => listener(...args),
  };
}

describe('who may call', () => {
  test('the top frame of our own page may; a frame inside it, another origin and a frame that is gone may not', async () => {
    const { call } = door();
    expect(await call(from(mainFrame), 'runs.show', { id })).toMatchObject({ ok: true });
    await expect(call(from({ url: 'app://wardbook/index.html' }), 'runs.show', { id })).rejects.toThrow('may not call');
    await expect(call(from(null), 'runs.show', { id })).rejects.toThrow('may not call');
  });

  test.each([
    'https://wardbook/',
    'app://wardbook.evil/',
    'app://evil/?app://wardbook/',
    'file:///wardbook',
    'app://user@wardbook/',
    '',
  ])('a page at %s may not call', async (url) => {
    const frame = { url };
    const event = { sender: { mainFrame: frame } as HostInvokeEvent['sender'], senderFrame: frame };
    await expect(door().call(event, 'runs.show', { id })).rejects.toThrow('may not call');
  });
});

describe('what may be called', () => {
  test.each(['internal.createRun', 'nothing', '__proto__', 'constructor', 7, null])(
    'there is no call %j',
    async (name) => {
      await expect(door().call(from(mainFrame), name, {})).rejects.toThrow('no such call');
    },
  );

  test('there are two channels, and every call of the contract has a schema that refuses a surprise', () => {
    expect(door().channels).toEqual([callChannel, refusedChannel]);
    for (const [name, { input }] of Object.entries(contract)) {
      expect(input.safeParse({ surprise: 1 }).success, name).toBe(false);
      expect(input.safeParse(undefined).success, name).toBe(false);
    }
  });

  test('input of another shape is refused with where it is wrong and without the value', async () => {
    const result = await door().call(from(mainFrame), 'runs.show', { id: 'Mrs Jones' });
    expect(result).toEqual({
      ok: false,
      error: { code: 'INPUT_INVALID', message: expect.stringContaining('id (invalid_format)') },
    });
    expect(JSON.stringify(result)).not.toContain('Jones');
  });

  test('input too large or nested too deep is refused before it is parsed', async () => {
    const { call } = door();
    const deep = JSON.parse('['.repeat(40) + ']'.repeat(40));
    for (const input of [{ id: 'x'.repeat(maxInputBytes) }, { id: deep }, new Float64Array(maxInputBytes / 8 + 1)]) {
      expect(await call(from(mainFrame), 'runs.show', input)).toMatchObject({
        ok: false,
        error: { code: 'INPUT_INVALID' },
      });
    }
  });
});

describe('what comes back', () => {
  test('reads and writes go to the store, main calls to main, with the parsed input', async () => {
    const { call } = door({ 'training.stop': (input) => input as never });
    expect(await call(from(mainFrame), 'studies.create', { name: 'S' })).toEqual({
      ok: true,
      value: { name: 'studies.create', input: { name: 'S' } },
    });
    expect(await call(from(mainFrame), 'training.stop', { id })).toEqual({ ok: true, value: { id } });
  });

  test('a coded error arrives as it is; an unexpected one without its text, which goes to the local log', async () => {
    const coded = door({}, async () => {
      throw new AppError('RUN_NOT_FOUND', 'There is no such run.', 'Look in the bin.');
    });
    expect(await coded.call(from(mainFrame), 'runs.show', { id })).toEqual({
      ok: false,
      error: { code: 'RUN_NOT_FOUND', message: 'There is no such run.', hint: 'Look in the bin.' },
    });
    const broken = door({}, async () => {
      throw new Error('row 7 is Mrs Jones');
    });
    const result = await broken.call(from(mainFrame), 'runs.show', { id });
    expect(result).toMatchObject({ ok: false, error: { code: 'INTERNAL' } });
    expect(JSON.stringify(result)).not.toContain('Jones');
    expect([coded.unexpected, broken.unexpected]).toEqual([[], ['runs.show']]);
  });
});
