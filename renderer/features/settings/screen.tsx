import { useMutation } from '@tanstack/react-query';
import type { Settings } from '../../../shared/contract/settings.ts';
import type { AppError } from '../../../shared/errors.ts';
import { bytes } from '../../../shared/format.ts';
import { defaultPolicy } from '../../../shared/model/policy.ts';
import { api } from '../../api.ts';
import { queryClient, useCall } from '../../query.ts';
import { Badge } from '../../ui/badge.tsx';
import { Segmented } from '../../ui/choice.tsx';
import { ErrorNotice, Notice, ProgressLine, ScreenHeader } from '../../ui/screen.tsx';
import { Engines } from './engines.tsx';
import { Limit } from './limit.tsx';
import { LocalCopies } from './local-copies.tsx';
import { Row, Section } from './parts.tsx';
import { SiteLabel } from './site-label.tsx';
import { TrackingServer } from './tracking-server.tsx';
import { TrainingLimits } from './training-limits.tsx';

const themes = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;
const sizes = [
  { value: 'normal', label: 'Normal' },
  { value: 'large', label: 'Large' },
] as const;
const durabilities = [
  { value: 'normal', label: 'Normal' },
  { value: 'full', label: 'Full' },
] as const;

export function SettingsScreen() {
  const settings = useCall('settings.get', {});
  const facts = useCall('app.facts', {});
  const change = useMutation<Settings, AppError, Partial<Settings>>({
    mutationFn: (input) => api.call('settings.set', input),
    onSuccess: (saved) => queryClient.setQueryData(['settings.get', {}], saved),
  });
  const error = settings.error ?? facts.error ?? change.error;
  return (
    <>
      <ScreenHeader title="Settings" fact={facts.data && `Wardbook ${facts.data.version}`} />
      <ProgressLine />
      <div className="settings">
        {error && <ErrorNotice error={error} onRetry={() => void Promise.all([settings.refetch(), facts.refetch()])} />}
        {settings.data && <Appearance value={settings.data} onChange={change.mutate} />}
        {settings.data && facts.data && (
          <>
            <Section title="Vault" about="The one folder that holds everything: tables, runs, keys and the audit log.">
              <Row
                name="Place"
                hint="Can be moved or copied as a whole while Wardbook is closed. --vault or WARDBOOK_VAULT names another."
              >
                <code>{facts.data.vault.path}</code>
              </Row>
              <Row name="Size">{bytes(facts.data.vault.bytes)}</Row>
              <Row
                name="Encryption"
                hint="The files in the vault are as readable as the disk they lie on. Keep it on an encrypted disk."
              >
                <Badge tone="warn" icon="warning">
                  not encrypted by Wardbook
                </Badge>
              </Row>
              <Row
                name="Durability"
                hint="Normal survives a crash of any program. Full also survives a power cut in the last second, and writes more slowly. Applies from the next start."
              >
                <Segmented
                  label="Durability"
                  value={settings.data.durability}
                  options={durabilities}
                  onChange={(durability) => change.mutate({ durability })}
                />
              </Row>
              <Limit
                name="Files of scripts, GiB"
                placeholder="200"
                least={1}
                most={1_000_000}
                hint="What the artifacts that scripts log may take together. An upload over it is refused."
                value={settings.data.artifactQuotaGiB}
                onSave={(gib) => change.mutate({ artifactQuotaGiB: gib ?? 200 })}
              />
            </Section>
            <Engines />
            <TrackingServer value={settings.data} onChange={change.mutate} />
            <TrainingLimits value={settings.data} onChange={change.mutate} />
            <Section title="Reports" about="Who signs, and under which rules numbers may leave.">
              <SiteLabel value={settings.data.siteLabel} onSave={(siteLabel) => change.mutate({ siteLabel })} />
              <Row
                name="Signing key"
                hint={
                  facts.data.keys.protection === 'keyring'
                    ? 'Wrapped by this system’s keyring.'
                    : 'This system offers no keyring, so the key is protected by file permissions only. Reports say so.'
                }
              >
                <code>{facts.data.keys.keyId}</code>{' '}
                {facts.data.keys.protection === 'unprotected' && (
                  <Badge tone="warn" icon="warning">
                    unprotected key
                  </Badge>
                )}
              </Row>
              <Row
                name="Public key"
                hint="Give it to a recipient by another way than the report: with it, a verification says “trusted”."
              >
                <code className="public-key">{facts.data.keys.publicKey.trim()}</code>
              </Row>
              <Row
                name="Policy"
                hint={`Counts are rounded to ${defaultPolicy.base}. A number is released only when every cell behind it holds at least ${defaultPolicy.k} patients.`}
              >
                {defaultPolicy.id}, k = {defaultPolicy.k}
              </Row>
            </Section>
            <LocalCopies value={settings.data} onChange={change.mutate} />
            {facts.data.notices.length > 0 && (
              <Section title="On this machine" about="Worth knowing about this installation.">
                {facts.data.notices.map((notice) => (
                  <Notice key={notice}>{notice}</Notice>
                ))}
              </Section>
            )}
          </>
        )}
      </div>
    </>
  );
}

function Appearance({ value, onChange }: { value: Settings; onChange: (change: Partial<Settings>) => void }) {
  return (
    <Section title="Appearance" about="Applies at once, in this vault.">
      <Row name="Theme">
        <Segmented label="Theme" value={value.theme} options={themes} onChange={(theme) => onChange({ theme })} />
      </Row>
      <Row
        name="Text and rows"
        hint="Large helps on a screen across the room or with low vision; the layout stays the same."
      >
        <Segmented label="Text and rows" value={value.size} options={sizes} onChange={(size) => onChange({ size })} />
      </Row>
    </Section>
  );
}
