/**
 * The window's policy asks every string that becomes HTML or a script to pass here (Trusted Types). Nothing of Wardbook's own
 * does; of plotly.js two constants may: the empty string that clears a measuring element, and the cross of its notices.
 * Everything else is refused.
 */
const allowed: ReadonlySet<string> = new Set(['', '&times;']);

type Policies = { createPolicy(name: string, rules: { createHTML(html: string): string | null }): unknown };

export function refuseUntrustedHtml(): void {
  const { trustedTypes } = window as unknown as { trustedTypes?: Policies };
  trustedTypes?.createPolicy('default', { createHTML: (html) => (allowed.has(html) ? html : null) });
}
