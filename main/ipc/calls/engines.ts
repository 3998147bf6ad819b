import type { Host } from '../../host/host.ts';
import { enginesFolder } from '../../platform/paths.ts';
import { addEngine } from '../../training/engines/added/add-engine.ts';
import { addableId } from '../../training/engines/added/manifest.ts';
import { testInChild } from '../../training/engines/added/self-test.ts';
import { dropSetAside, restoreEngine, setEngineAside } from '../../training/engines/added/set-aside.ts';
import { describeEngines } from '../../training/engines/describe-engines.ts';
import type { MainCalls } from '../register.ts';

type EngineCalls = Pick<
  MainCalls,
  'training.engines' | 'training.addEngine' | 'training.removeEngine' | 'training.restoreEngine'
>;

/** Longer than the window offers to undo. */
const KEPT_MS = 60_000;

/** What computes, and engines added from a folder that a person chooses; the page never learns where they lie. */
export function engineCalls({ dialog }: { dialog: Host['dialog'] }): EngineCalls {
  dropSetAside(enginesFolder());
  return {
    async 'training.engines'() {
      const described = await describeEngines(false);
      return described.map(({ added, ...status }) => {
        if (added === null) return { ...status, added };
        const { tensorflow, kernels, addedAt, mib } = added;
        return { ...status, added: { tensorflow, kernels, addedAt, mib } };
      });
    },
    async 'training.addEngine'() {
      const chosen = await dialog.showOpenDialog({
        title: 'Choose the folder of an engine',
        buttonLabel: 'Add',
        properties: ['openDirectory'],
      });
      const [folder] = chosen.filePaths;
      if (chosen.canceled || folder === undefined) return null;
      const { id, kernels, manifest } = await addEngine(folder, { engines: enginesFolder(), selfTest: testInChild });
      return { id, kernels, tensorflow: manifest.versions.tensorflow };
    },
    'training.removeEngine'({ id }) {
      setEngineAside(enginesFolder(), id);
      setTimeout(() => dropSetAside(enginesFolder()), KEPT_MS).unref();
      return null;
    },
    'training.restoreEngine'({ id }) {
      restoreEngine(enginesFolder(), addableId.parse(id));
      return null;
    },
  };
}
