/** Names with their values; what has none is left out. */
export function Facts({ facts }: { facts: readonly (readonly [string, string | number | null | undefined])[] }) {
  return (
    <dl className="facts">
      {facts.map(([name, value]) =>
        value === null || value === undefined || value === '' ? null : (
          <div key={name} className="fact-row">
            <dt>{name}</dt>
            <dd className="wrap">{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
