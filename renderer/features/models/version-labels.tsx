import { stage } from '../../../shared/model/registration.ts';
import { aliasName, type ModelVersion, type RegisteredModel } from '../../../shared/model/registry.ts';
import { api } from '../../api.ts';
import { offerUndo } from '../../ui/undo.tsx';
import { Labels } from './labels.tsx';

/** Aliases that stand for a stage are set by a move, with its rules and its reason. */
const isStage = (alias: string): boolean => stage.safeParse(alias.toLowerCase()).success;

type Props = { model: RegisteredModel; version: ModelVersion; onProblem: (error: Error | null) => void };

/** The aliases of a version. One name points to one version of a model, so adding it here takes it from another. */
export function Aliases({ model, version: { model: name, version, aliases }, onProblem }: Props) {
  const point = (alias: string, to: number | null) =>
    api.call('models.alias', { name, version: to, alias }).then(() => onProblem(null));

  async function change(alias: string, to: number | null) {
    const before = model.versions.find((one) => one.aliases.includes(alias))?.version ?? null;
    try {
      await point(alias, to);
      offerUndo(aliasWords(alias, before, to), () => point(alias, before).catch(onProblem));
    } catch (error) {
      onProblem(error as Error);
    }
  }

  return (
    <Labels
      title="Aliases"
      one="alias"
      items={aliases.filter((alias) => !isStage(alias)).map((alias) => ({ key: alias, text: alias }))}
      placeholder="champion"
      check={(text) => {
        if (isStage(text)) return `${text} is a stage: move the version instead.`;
        return aliasName.safeParse(text).success ? null : 'Letters, digits, underscores and dashes.';
      }}
      onAdd={(alias) => change(alias, version)}
      onRemove={(alias) => change(alias, null)}
    />
  );
}

function aliasWords(alias: string, before: number | null, to: number | null): string {
  if (to === null) return `${alias} was taken away.`;
  return before === null ? `${alias} points to v${to}.` : `${alias} moved from v${before} to v${to}.`;
}

/** The tags of a version, written KEY=VALUE as on the command line. */
export function Tags({ version: { model: name, version, tags }, onProblem }: Omit<Props, 'model'>) {
  const write = (key: string, value: string | null) =>
    api.call('models.tag', { name, version, key, value }).then(() => onProblem(null));

  async function change(key: string, value: string | null) {
    const before = tags[key] ?? null;
    try {
      await write(key, value);
      const words = value === null ? `Tag ${key} was taken away.` : `Tagged ${key}=${value}.`;
      offerUndo(words, () => write(key, before).catch(onProblem));
    } catch (error) {
      onProblem(error as Error);
    }
  }

  return (
    <Labels
      title="Tags"
      one="tag"
      items={Object.entries(tags).map(([key, value]) => ({ key, text: `${key}: ${value}` }))}
      placeholder="site=A"
      check={(text) => (text.indexOf('=') < 1 || text.endsWith('=') ? 'Write a tag as KEY=VALUE.' : null)}
      onAdd={(text) => {
        const split = text.indexOf('=');
        return change(text.slice(0, split).trim(), text.slice(split + 1).trim());
      }}
      onRemove={(key) => change(key, null)}
    />
  );
}
