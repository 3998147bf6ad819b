import { describe, expect, it } from 'vitest';
import { keyName } from '../../renderer/ui/keys.ts';
import { heldOut, metricName } from '../../renderer/ui/metric-name.ts';
import { idsOf, to } from '../../renderer/ui/navigation.ts';
import { lowestFreeSlots } from '../../renderer/ui/slots.ts';

const key = (name: string, held: { ctrl?: boolean; shift?: boolean } = {}) =>
  keyName({ key: name, ctrlKey: held.ctrl ?? false, metaKey: false, shiftKey: held.shift ?? false, altKey: false });

describe('keys have one name', () => {
  it('letters, signs and named keys', () => {
    expect(key('j')).toBe('j');
    expect(key('X', { shift: true })).toBe('shift+x');
    expect(key('?', { shift: true })).toBe('?');
    expect(key('ArrowLeft', { shift: true })).toBe('shift+arrowleft');
    expect(key('k', { ctrl: true })).toBe('ctrl+k');
  });
});

describe('addresses', () => {
  it('name runs by their ids, each once, and nothing else', () => {
    const [a, b] = ['a'.repeat(32), 'b'.repeat(32)];
    expect(to.compare([a, b])).toBe(`/compare/${a},${b}`);
    expect(idsOf(`${a},${b},${a},../x,12`)).toEqual([a, b]);
    expect(idsOf(undefined)).toEqual([]);
  });
  it('escape names of studies and datasets', () => {
    expect(to.study('a/b c')).toBe('/study/a%2Fb%20c');
    expect(to.trainOn('whas500', 2)).toBe('/train/whas500/2');
  });
});

describe('a run keeps its colour', () => {
  it('new runs take the lowest free slots', () => {
    expect(lowestFreeSlots([0, 2], 3)).toEqual([1, 3, 4]);
    expect(lowestFreeSlots([], 2)).toEqual([0, 1]);
  });
});

describe('metrics are called by their names', () => {
  it('with their part', () => {
    expect(metricName('test/auc')).toEqual({ name: 'AUC', part: 'test' });
    expect(metricName('validation/loss')).toEqual({ name: 'Loss', part: 'val.' });
    expect(metricName('my/own')).toEqual({ name: 'my/own', part: '' });
  });
  it('held out means test, or out of fold', () => {
    expect(heldOut({ 'test/auc': 1, 'oof/auc': 2 }, 'auc')).toBe(1);
    expect(heldOut({ 'oof/auc': 2 }, 'auc')).toBe(2);
    expect(heldOut({ 'validation/auc': 3 }, 'auc')).toBeUndefined();
  });
});
