import type { Stage } from '../../shared/model/registration.ts';
import { Badge, type Tone } from './badge.tsx';
import type { IconName } from './icon.tsx';

/** How a stage of the registry looks: its word, and a shape that repeats it. */
export const stageLooks: Record<Stage, { icon: IconName; tone: Tone; title: string }> = {
  draft: { icon: 'note', tone: 'neutral', title: 'Registered, and nothing more.' },
  candidate: { icon: 'clock', tone: 'neutral', title: 'Considered for use; the alias candidate leads to the newest.' },
  approved: { icon: 'check', tone: 'ok', title: 'The one version to be used; the alias approved leads to it.' },
  retired: { icon: 'square', tone: 'neutral', title: 'Not to be used any more.' },
};

export function StageBadge({ stage }: { stage: Stage }) {
  const { icon, tone, title } = stageLooks[stage];
  return (
    <Badge icon={icon} tone={tone} title={title}>
      {stage}
    </Badge>
  );
}
