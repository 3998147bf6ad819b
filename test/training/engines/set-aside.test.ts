import { expect, test } from 'vitest';
import { addEngine } from '../../../main/training/engines/added/add-engine.ts';
import { findAdded } from '../../../main/training/engines/added/find-added.ts';
import { dropSetAside, restoreEngine, setEngineAside } from '../../../main/training/engines/added/set-aside.ts';
import { behaviours, makeEngine, namesIn, scratch } from './made-engine.ts';

const agrees = async () => ({ kernels: 40 });
const add = (engines: string) => addEngine(makeEngine(behaviours.right), { engines, selfTest: agrees });

test('an engine that was removed can be put back until its files are deleted', async () => {
  const engines = scratch();
  const kept = await add(engines);
  setEngineAside(engines, 'tensorflow');
  expect(findAdded('tensorflow', engines).added).toBeNull();
  restoreEngine(engines, 'tensorflow');
  expect(findAdded('tensorflow', engines).added?.kept).toEqual(kept);
  setEngineAside(engines, 'tensorflow');
  dropSetAside(engines);
  expect(namesIn(engines)).toEqual([]);
  expect(() => restoreEngine(engines, 'tensorflow')).toThrow(/cannot be put back/);
});

test('an engine added anew while another is set aside is left alone', async () => {
  const engines = scratch();
  await add(engines);
  setEngineAside(engines, 'tensorflow');
  const second = await add(engines);
  expect(() => restoreEngine(engines, 'tensorflow')).toThrow(/added anew/);
  dropSetAside(engines);
  expect(findAdded('tensorflow', engines).added?.kept).toEqual(second);
  expect(namesIn(engines).sort()).toEqual(['tensorflow.json', second.folder].sort());
});

test('what was never added cannot be removed', () => {
  for (const name of ['tensorflow', 'cpu', '../..']) expect(() => setEngineAside(scratch(), name)).toThrow(/not added/);
});
