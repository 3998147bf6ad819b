import { userInfo } from 'node:os';
import { expect, test } from 'vitest';
import { listAudit, verifyAudit } from '../../main/store/audit.ts';
import { binRuns } from '../../main/store/bin.ts';
import { approvalOf } from '../../main/store/registry/move-version.ts';
import { readModel } from '../../main/store/registry/read-models.ts';
import { setAlias } from '../../main/store/registry/set-alias.ts';
import { createRun } from '../../main/store/runs.ts';
import { withVault } from '../exports/report-vault.ts';
import { newRun } from '../store/new-run-fixture.ts';
import { auc, finishedRun, move, register, writeModelFile } from './registry-vault.ts';

const split = {
  kind: 'shares',
  train: 300,
  validation: 50,
  test: 150,
  folds: null,
  subjectsOverlap: 0,
  unit: 'subjects',
  hash: 'a'.repeat(64),
} as const;

test('every move is kept with who, when and why, and is in the audit log', () =>
  withVault((vault) => {
    const run = finishedRun(vault);
    register(vault, run);
    move(vault, 1, 'candidate', 'best of five seeds');
    move(vault, 1, 'approved', 'agreed in the meeting');
    const { moves, stage } = readModel(vault.db, 'risk').versions[0]!;
    expect(stage).toBe('approved');
    expect(moves.map(({ from, to, reason, by, via }) => [from, to, reason, by, via])).toEqual([
      [null, 'draft', 'Registered.', userInfo().username, 'window'],
      ['draft', 'candidate', 'best of five seeds', userInfo().username, 'window'],
      ['candidate', 'approved', 'agreed in the meeting', userInfo().username, 'window'],
    ]);
    const { entries } = listAudit(vault, 10, null);
    expect(entries.map(({ action, detail }) => [action, detail.to, detail.reason, detail.by])).toEqual([
      ['model.stage', 'approved', 'agreed in the meeting', userInfo().username],
      ['model.stage', 'candidate', 'best of five seeds', userInfo().username],
      ['model.register', undefined, undefined, userInfo().username],
    ]);
    expect(entries[0]!.at).toBe(moves[2]!.at);
    expect(verifyAudit(vault).valid).toBe(true);
  }));

test('a move needs a reason, and a move to where a version is changes nothing', () =>
  withVault((vault) => {
    register(vault, finishedRun(vault));
    expect(() => move(vault, 1, 'candidate', '  ')).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
    move(vault, 1, 'draft', 'again');
    expect(readModel(vault.db, 'risk').versions[0]!.moves).toHaveLength(1);
    expect(listAudit(vault, 10, null).total).toBe(1);
  }));

test('what was recorded about a move cannot be changed or removed', () =>
  withVault((vault) => {
    register(vault, finishedRun(vault));
    expect(() => vault.db.exec(`UPDATE stage_move SET reason = 'another'`)).toThrow(/kept/);
    expect(() => vault.db.exec('DELETE FROM stage_move')).toThrow(/kept/);
  }));

test('approving a version retires the one that was approved before, as a move of its own', () =>
  withVault((vault) => {
    register(vault, finishedRun(vault));
    register(vault, finishedRun(vault));
    move(vault, 1, 'approved');
    expect(move(vault, 2, 'approved', 'better calibrated')).toEqual({ retired: [1] });
    const [second, first] = readModel(vault.db, 'risk').versions;
    expect([first!.stage, second!.stage]).toEqual(['retired', 'approved']);
    expect(first!.moves.at(-1)).toMatchObject({ from: 'approved', to: 'retired', reason: 'Replaced by v2.' });
  }));

test.each([
  ['a person on both sides', { badges: ['patient-overlap'] as const }, {}, 'subject-overlap'],
  [
    'a split that counts persons on both sides',
    { documents: { split: { ...split, subjectsOverlap: 3 } } },
    {},
    'subject-overlap',
  ],
  ['no held-out result', {}, { estimates: { 'validation/auc': auc(0.8) } }, 'no-held-out-result'],
  [
    'a held-out result without a value',
    {},
    { estimates: { 'test/auc': { ...auc(0.8), value: null } } },
    'no-held-out-result',
  ],
])('a version whose run has %s is not approved, and stays where it was', (_, own, result, rule) =>
  withVault((vault) => {
    register(
      vault,
      finishedRun(vault, { ...own, badges: [...(('badges' in own ? own.badges : undefined) ?? [])] }, result),
    );
    const before = listAudit(vault, 10, null).total;
    expect(() => move(vault, 1, 'approved')).toThrow(
      expect.objectContaining({
        code: 'APPROVAL_REFUSED',
        message: expect.stringContaining(`(${rule})`),
        hint: expect.any(String),
      }),
    );
    expect(() => setAlias(vault, 'risk', 'approved', 1, 'mlflow')).toThrow(
      expect.objectContaining({ code: 'APPROVAL_REFUSED' }),
    );
    const [version] = readModel(vault.db, 'risk').versions;
    expect([version!.stage, version!.moves.length]).toEqual(['draft', 1]);
    expect(listAudit(vault, 10, null).total).toBe(before);
    // Any other stage is open to it.
    move(vault, 1, 'candidate');
    move(vault, 1, 'retired');
  }),
);

test('when approval is refused, the version approved before stays approved', () =>
  withVault((vault) => {
    register(vault, finishedRun(vault));
    register(vault, finishedRun(vault, {}, { estimates: {} }));
    move(vault, 1, 'approved');
    expect(() => move(vault, 2, 'approved')).toThrow(expect.objectContaining({ code: 'APPROVAL_REFUSED' }));
    expect(readModel(vault.db, 'risk').versions.map(({ stage }) => stage)).toEqual(['draft', 'approved']);
  }));

test('out-of-fold results count as held out, and so does an evaluation on other data unless its persons may be known', () =>
  withVault((vault) => {
    register(vault, finishedRun(vault, {}, { estimates: { 'oof/auc': auc(0.8) } }));
    expect(approvalOf(vault.db, 'risk', 1).blockers).toEqual([]);
    const plain = finishedRun(vault, {}, { estimates: {} });
    register(vault, plain);
    const evaluate = (badges: 'seen-subjects-unknown'[]) =>
      finishedRun(vault, {
        parent: plain,
        documents: { 'evaluation-of': { run: plain, subjectsSeenInTraining: badges.length === 0 ? 0 : null } },
        badges,
      });
    evaluate(['seen-subjects-unknown']);
    expect(approvalOf(vault.db, 'risk', 2).blockers.map(({ code }) => code)).toEqual(['no-held-out-result']);
    evaluate([]);
    expect(approvalOf(vault.db, 'risk', 2).blockers).toEqual([]);
  }));

test('a script’s own test metric counts, with the caution that nobody checked its split', () =>
  withVault(async (vault) => {
    const run = finishedRun(vault, { recipe: null }, { estimates: {} });
    register(vault, run);
    expect(approvalOf(vault.db, 'risk', 1).blockers.map(({ code }) => code)).toEqual(['no-held-out-result']);
    await vault.metrics.append(run, [{ key: 'test_auc', step: 0, value: 0.9, time: 1 }]);
    const { blockers, cautions } = approvalOf(vault.db, 'risk', 1);
    expect(blockers).toEqual([]);
    expect(cautions.map(({ code }) => code)).toContain('split-not-checked');
  }));

test('a run that has not finished, and files that are others than were registered, are not approved', () =>
  withVault((vault) => {
    const { id } = createRun(vault.db, vault.writerId, newRun({ recipe: 'logistic' }));
    const insert = 'INSERT OR REPLACE INTO artifact SELECT id, ?, ?, ? FROM run WHERE uid = ?';
    const put = (content: string) => {
      const file = writeModelFile(vault, id, 'model.json', content);
      vault.db.prepare(insert).run(file.path, file.bytes, file.sha256, id);
    };
    put('one');
    register(vault, id);
    expect(approvalOf(vault.db, 'risk', 1).blockers.map(({ code }) => code)).toContain('run-not-finished');
    put('two');
    expect(readModel(vault.db, 'risk').versions[0]!.state).toBe('changed');
    expect(approvalOf(vault.db, 'risk', 1).blockers.map(({ code }) => code)).toContain('files-changed');
  }));

test('a run in the bin is told, and keeps its version', () =>
  withVault(async (vault) => {
    const run = finishedRun(vault);
    register(vault, run);
    await binRuns(vault.db, [run]);
    expect(readModel(vault.db, 'risk').versions[0]!.run).toMatchObject({ id: run, binned: true });
    expect(approvalOf(vault.db, 'risk', 1).cautions.map(({ code }) => code)).toContain('run-in-bin');
  }));
