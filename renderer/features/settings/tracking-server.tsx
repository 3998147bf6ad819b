import { useMutation, useQuery } from '@tanstack/react-query';
import type { Settings } from '../../../shared/contract/settings.ts';
import type { TrackingFacts } from '../../../shared/contract/tracking.ts';
import type { AppError } from '../../../shared/errors.ts';
import { plural, when } from '../../../shared/format.ts';
import { api } from '../../api.ts';
import { queryClient } from '../../query.ts';
import { Button } from '../../ui/button.tsx';
import { Segmented } from '../../ui/choice.tsx';
import { ErrorNotice } from '../../ui/screen.tsx';
import { Copyable } from './copyable.tsx';
import { ForScripts } from './for-scripts.tsx';
import { Limit } from './limit.tsx';
import { Row, Section } from './parts.tsx';

const key = ['tracking.facts', {}];
const choices = [
  { value: 'off', label: 'Off' },
  { value: 'on', label: 'On' },
] as const;

/** The MLflow-compatible server: its switch, where scripts find it, who uses it and what it refused. */
export function TrackingServer({
  value,
  onChange,
}: {
  value: Settings;
  onChange: (change: Partial<Settings>) => void;
}) {
  const facts = useQuery<TrackingFacts, AppError>({
    queryKey: key,
    queryFn: () => api.call('tracking.facts', {}),
    refetchInterval: 2_000,
  });
  const onSuccess = (now: TrackingFacts) => queryClient.setQueryData(key, now);
  const turn = useMutation<TrackingFacts, AppError, boolean>({
    mutationFn: (on) => api.call('tracking.switch', { on }),
    onSuccess,
  });
  const revoke = useMutation<TrackingFacts, AppError>({ mutationFn: () => api.call('tracking.revoke', {}), onSuccess });
  const error = facts.error ?? turn.error ?? revoke.error ?? facts.data?.failure ?? null;
  const server = facts.data?.server ?? null;
  return (
    <Section
      title="Tracking server"
      about="Scripts on this machine that log with mlflow write into this vault. No other machine can reach it."
    >
      <Row name="Server" hint="Serves while Wardbook is open. Every request needs the token.">
        <Segmented
          label="Tracking server"
          value={facts.data?.on ? 'on' : 'off'}
          options={choices}
          onChange={(choice) => turn.mutate(choice === 'on')}
        />
      </Row>
      {error && <ErrorNotice error={error as AppError} />}
      {server && (
        <>
          <Row name="Address" hint="MLFLOW_TRACKING_URI for scripts.">
            <Copyable label="address" text={server.url} shown={<code>{server.url}</code>} />
          </Row>
          <Row
            name="Token"
            hint="MLFLOW_TRACKING_TOKEN for scripts. Whoever has it can read and write this vault’s runs."
          >
            <Copyable label="token" text={server.token} shown={<code>{server.token.slice(0, 6)}…</code>} />{' '}
            <Button variant="quiet" disabled={revoke.isPending} onClick={() => revoke.mutate()}>
              Make a new one
            </Button>
          </Row>
          <Row name="For scripts" hint="Nothing else: with these two set, mlflow in any script logs into this vault.">
            <ForScripts server={server} />
          </Row>
          <Row name="Clients">{clientWords(facts.data!)}</Row>
          <Row
            name="Refused"
            hint="Attempts without the token, from web pages or against other rules; see logs/tracking.log."
          >
            {refusedWords(facts.data!)}
          </Row>
        </>
      )}
      <Limit
        name="Port"
        placeholder="any that is free"
        least={1024}
        most={65_535}
        hint="The same address at every start. Applies when the server is next switched on."
        value={value.trackingPort}
        onSave={(trackingPort) => onChange({ trackingPort })}
      />
    </Section>
  );
}

function clientWords({ status }: TrackingFacts): string {
  if (status.clients.length === 0) return 'None yet';
  return status.clients
    .map(
      ({ name, requests, lastAt }) =>
        `${name || 'no name'}: ${plural(requests, 'request')}, ${when(lastAt, Date.now())}`,
    )
    .join('; ');
}

function refusedWords({ status }: TrackingFacts): string {
  if (status.refused.length === 0) return 'None';
  return status.refused
    .map(({ reason, count, lastAt }) => `${reason.replaceAll('-', ' ')} ${count}, last ${when(lastAt, Date.now())}`)
    .join('; ');
}
