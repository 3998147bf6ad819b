import { useMutation } from '@tanstack/react-query';
import type { AppError } from '../../../shared/errors.ts';
import type { Verification } from '../../../shared/model/report.ts';
import { api } from '../../api.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice, Notice } from '../../ui/screen.tsx';

/** Checks a report file that a person chooses; `result` is shown under the header. */
export function useVerifyReport() {
  const verify = useMutation<Verification | null, AppError>({ mutationFn: () => api.call('exports.verify', {}) });
  return {
    button: (
      <Button icon="check" disabled={verify.isPending} onClick={() => verify.mutate()}>
        Verify a report…
      </Button>
    ),
    result: (
      <div className="verified" aria-live="polite">
        {verify.error && <ErrorNotice error={verify.error} />}
        {verify.data && <Outcome of={verify.data} />}
      </div>
    ),
  };
}

function Outcome({ of }: { of: Verification }) {
  if (!of.valid) return <ErrorNotice error={{ message: `This report is not valid: ${of.reason}` }} />;
  return (
    <Notice tone="ok">
      {of.trusted ? 'Valid and trusted' : 'Valid'}: {of.reason}
      {of.signedBy !== null && ` Signed by ${of.signedBy}.`}
    </Notice>
  );
}
