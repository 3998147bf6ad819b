import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { commandOfEntry } from '../../main/commands/project/command-of-entry.ts';
import { findProject } from '../../main/commands/project/find-project.ts';
import { shownCommand } from '../../shared/model/entry-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'wardbook-project-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const whole = `
entries:
  train:
    command: [python, train.py, --epochs, '{epochs}', '--optimizer={optimizer}', --note, '{note}']
    help: Trains the network
    study: Pneumonia
    params:
      epochs: { type: integer, default: 20, min: 1, max: 500 }
      optimizer: { type: choice, choices: [adam, sgd], default: adam }
      note: { type: string, default: '' }
      rate: { type: number }
`;

function project(text: string) {
  writeFileSync(join(folder, 'wardbook.project.yaml'), text);
  mkdirSync(join(folder, 'deep', 'er'), { recursive: true });
  return findProject(join(folder, 'deep', 'er'))!;
}

test('an entry becomes its command with defaults and settings in place; a value never leaves its word', () => {
  const made = commandOfEntry(project(whole), 'train', ['epochs=3', 'rate=0.1', 'note=a b; rm -rf *']);
  expect(made.argv).toEqual(['python', 'train.py', '--epochs', '3', '--optimizer=adam', '--note', 'a b; rm -rf *']);
  expect(made.params).toEqual({ epochs: 3, optimizer: 'adam', note: 'a b; rm -rf *', rate: 0.1 });
  expect(made).toMatchObject({ study: 'Pneumonia', entry: 'train', folder });
  expect(shownCommand(made.argv!)).toBe("python train.py --epochs 3 --optimizer=adam --note 'a b; rm -rf *'");
});

test.each([
  [['epochs=0', 'rate=1'], 'PARAM_INVALID', 'The param epochs of train is at least 1.'],
  [['epochs=2.5', 'rate=1'], 'PARAM_INVALID', 'The param epochs of train is a whole number.'],
  [['optimizer=rms', 'rate=1'], 'PARAM_INVALID', 'The param optimizer of train is one of adam, sgd.'],
  [['rate=fast'], 'PARAM_INVALID', 'The param rate of train is a number.'],
  [[], 'PARAM_INVALID', 'The param rate of train needs a value.'],
  [['speed=1'], 'PARAM_INVALID', 'The entry train has no param speed; it has epochs, optimizer, note, rate.'],
])('settings %j are refused', (settings, code, message) => {
  expect(() => commandOfEntry(project(whole), 'train', settings)).toThrow(expect.objectContaining({ code, message }));
});

test('an unknown entry is refused with the entries that there are', () => {
  expect(() => commandOfEntry(project(whole), 'predict', [])).toThrow(
    expect.objectContaining({ code: 'ENTRY_NOT_FOUND', message: expect.stringContaining('it has train') }),
  );
});

test.each([
  ['entries: [', 'Flow sequence'],
  ['entries:\n  a: { command: [] }', 'entries.a.command'],
  ['entries:\n  a: { command: [x], shell: true }', 'shell'],
  ['entries:\n  a: { command: ["{b}"] }', 'there is no param b'],
  ['entries:\n  a: { command: [x], params: { n: { type: integer, default: 9, max: 3 } } }', 'outside min and max'],
  ['entries:\n  a: { command: [x], params: { n: { type: choice, choices: [p], default: q } } }', 'none of the choices'],
])('a file that cannot be used says what is wrong: %j', (text, words) => {
  expect(() => project(text)).toThrow(
    expect.objectContaining({ code: 'PROJECT_INVALID', message: expect.stringContaining(words) }),
  );
});
