import { basename } from 'node:path';
import type { ChosenFolder } from '../../../shared/contract/commands.ts';
import { toFailure } from '../../../shared/errors.ts';
import { closeNetwork } from '../../commands/network/close-network.ts';
import { checkedEntry } from '../../commands/project/command-of-entry.ts';
import { findProject } from '../../commands/project/find-project.ts';
import type { CommandRequest } from '../../commands/request.ts';
import { startCommandHost } from '../../commands/start-host.ts';
import type { Host } from '../../host/host.ts';
import { FileHandles } from '../file-handles.ts';
import type { MainCalls } from '../register.ts';

type CommandCalls = Pick<MainCalls, 'commands.chooseFolder' | 'commands.network' | 'commands.start'>;

/** Commands of one's own, in a folder that a person chooses; the page never learns where it lies. */
export function commandCalls({ dialog, vaultDir }: { dialog: Host['dialog']; vaultDir: string }): CommandCalls {
  const handles = new FileHandles();
  return {
    async 'commands.chooseFolder'() {
      const chosen = await dialog.showOpenDialog({
        title: 'Choose the folder in which the command runs',
        buttonLabel: 'Choose',
        properties: ['openDirectory'],
      });
      const [folder] = chosen.filePaths;
      if (chosen.canceled || folder === undefined) return null;
      return { handle: handles.add(folder), name: basename(folder), ...projectOf(folder) };
    },
    async 'commands.network'() {
      const { off, how } = await closeNetwork();
      return { off, how };
    },
    'commands.start'({ folder: handle, run, study, name, allowNetwork }) {
      const folder = handles.path(handle);
      const asked: CommandRequest = { argv: [], folder, study, name, entry: null, params: {}, allowNetwork };
      const project = run.kind === 'entry' ? findProject(folder) : null;
      const made = run.kind === 'command' ? { argv: run.argv } : checkedEntry(project, run.name, run.values);
      return startCommandHost(vaultDir, { ...asked, ...made, study }, process.env);
    },
  };
}

function projectOf(folder: string): Pick<ChosenFolder, 'entries' | 'problem'> {
  try {
    return { entries: findProject(folder)?.entries ?? null, problem: null };
  } catch (error) {
    return { entries: null, problem: toFailure(error).message };
  }
}
