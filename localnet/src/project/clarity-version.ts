/** The Clarity version a contract gets in each epoch unless it names one, newest last. */
const DEFAULT_VERSIONS: Readonly<Record<string, number>> = {
  '2.0': 1,
  '2.05': 1,
  '2.1': 2,
  '2.2': 2,
  '2.3': 2,
  '2.4': 2,
  '2.5': 2,
  '3.0': 3,
  '3.1': 3,
  '3.2': 3,
  '3.3': 4,
  '3.4': 5,
  '4.0': 6,
};

const OLDEST_VERSION = 1;
export const NEWEST_VERSION = 6;

export type VersionChoice =
  | { readonly ok: true; readonly clarityVersion: number }
  | { readonly ok: false; readonly why: string };

/**
 * What Clarity a contract of Clarinet.toml is written in. As with clarinet, no epoch and no version mean Clarity 1;
 * `latest` is the epoch the local chain runs.
 */
export function chooseClarityVersion(epoch: string | undefined, version: number | undefined): VersionChoice {
  if (epoch === undefined) return { ok: true, clarityVersion: version ?? OLDEST_VERSION };
  const newest = epoch === 'latest' ? NEWEST_VERSION : DEFAULT_VERSIONS[withMinor(epoch)];
  if (newest === undefined) {
    const known = Object.keys(DEFAULT_VERSIONS).join(', ');
    return { ok: false, why: `epoch "${epoch}" is unknown: expected one of ${known}, latest` };
  }
  if (version !== undefined && version > newest) {
    return { ok: false, why: `epoch ${epoch} has Clarity 1 to ${newest}, not ${version}` };
  }
  return { ok: true, clarityVersion: version ?? newest };
}

/** TOML's number 3.0 arrives as 3. */
function withMinor(epoch: string): string {
  return /^\d+$/.test(epoch) ? `${epoch}.0` : epoch;
}
