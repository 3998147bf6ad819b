import type { ModelVersion, RegisteredModel } from '../../../shared/model/registry.ts';
import { present } from '../json-out.ts';
import { stageJson } from './stage-names.ts';

/** A version as the protocol has it: its number as text, and ready at once, since its files are there already. */
export function versionJson(version: ModelVersion): Record<string, unknown> {
  return present({
    name: version.model,
    version: String(version.version),
    creation_timestamp: version.createdAt,
    last_updated_timestamp: version.updatedAt,
    user_id: version.moves[0]?.by,
    current_stage: stageJson[version.stage],
    description: version.description,
    source: version.source,
    run_id: version.run?.id ?? '',
    run_link: version.runLink,
    model_id: version.loggedModel,
    status: 'READY',
    tags: tagList(version.tags),
    aliases: version.aliases,
  });
}

export function modelJson(model: RegisteredModel): Record<string, unknown> {
  return present({
    name: model.name,
    creation_timestamp: model.createdAt,
    last_updated_timestamp: model.updatedAt,
    description: model.description,
    latest_versions: latestOf(model).map(versionJson),
    tags: tagList(model.tags),
    aliases: model.aliases.map(({ alias, version }) => ({ alias, version: String(version) })),
  });
}

/** The newest version of each stage, by number. */
export function latestOf({ versions }: RegisteredModel): ModelVersion[] {
  const seen = new Set<string>();
  const newest = versions.filter(({ stage }) => !seen.has(stage) && seen.add(stage));
  return newest.sort((a, b) => a.version - b.version);
}

const tagList = (tags: Record<string, string>) => Object.entries(tags).map(([key, value]) => ({ key, value }));
