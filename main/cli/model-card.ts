import type { Command } from 'commander';
import { AppError } from '../../shared/errors.ts';
import type { CardText } from '../../shared/model/registry.ts';
import type { RunAction } from './command.ts';
import { parseVersionRef } from './model-ref.ts';

const keys: Record<string, 'purpose' | 'notFor' | 'limits' | 'contact' | 'groups'> = {
  purpose: 'purpose',
  'not-for': 'notFor',
  limits: 'limits',
  contact: 'contact',
  groups: 'groups',
};

/** `model card NAME@v3 [--set KEY=TEXT]… [--out FILE]`. */
export function cardCommand(model: Command, run: RunAction): void {
  const card = model
    .command('card <version>')
    .description('the model card of NAME@v3 as Markdown, drafted from the record')
    .option('--out <file>', 'save it there, an audited copy for this machine; INTERNAL becomes part of its name')
    .option(
      '--set <key=text>',
      'write a part of it first: purpose, not-for, limits, contact, groups=COL,COL',
      (text: string, before: string[]) => [...before, text],
      [] as string[],
    );
  card.action((ref: string, { out, set }: { out?: string; set: string[] }) =>
    run(card, (context) =>
      context.withVault(async (client) => {
        const { checkInput } = await import('./check-input.ts');
        const { cardMarkdown } = await import('../registry/markdown.ts');
        const version = parseVersionRef(ref);
        if (set.length > 0) {
          const { text } = await client.call('models.card', { ...version, groups: false });
          await client.call('models.editCard', checkInput('models.editCard', { ...version, text: edited(text, set) }));
        }
        if (out !== undefined) {
          const saved = await client.call('internal.saveModelCard', { ...version, target: out });
          context.print({ files: [saved.file] }, () => `saved ${saved.file}; it contains unchecked values`);
          return;
        }
        const drafted = await client.call('models.card', { ...version, groups: true });
        context.print(drafted, () => cardMarkdown(drafted).trimEnd());
      }),
    ),
  );
}

function edited(text: CardText, set: readonly string[]): CardText {
  const next = { ...text };
  for (const given of set) {
    const split = given.indexOf('=');
    const key = keys[given.slice(0, Math.max(split, 0))];
    if (key === undefined) {
      throw new AppError(
        'INPUT_INVALID',
        `"${given.slice(0, 80)}" sets no part of a card.`,
        `Write KEY=TEXT with one of ${Object.keys(keys).join(', ')}.`,
      );
    }
    const value = given.slice(split + 1);
    if (key === 'groups') next.groups = value === '' ? null : value.split(',');
    else next[key] = value;
  }
  return next;
}
