import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { copyText } from '../../ui/copy-text.ts';

const saidMs = 1_500;

/** A text with the button that copies it; `shown` may say less than `text`. */
export function Copyable({ label, text, shown }: { label: string; text: string; shown: React.ReactNode }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await copyText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), saidMs);
  };
  return (
    <>
      {shown}{' '}
      <Button variant="quiet" aria-label={`Copy ${label}`} onClick={() => void copy()}>
        {copied ? 'Copied' : 'Copy'}
      </Button>
    </>
  );
}
