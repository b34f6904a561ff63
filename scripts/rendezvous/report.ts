/** What Rendezvous says at the end of a run. */
export interface Report {
  /** Runs after which all invariants held; none when one of them failed, or nothing was run. */
  readonly passedRuns: number | undefined;
  readonly successes: ReadonlyMap<string, number>;
  readonly refusals: ReadonlyMap<string, number>;
}

const PASSED = /^OK, invariants passed after (\d+) runs\.$/;
const SECTION = /^[├└]─ [+-] ([A-Z]+)$/;
const COUNT = /─ ([a-z0-9-]+): x(\d+)$/;

/** Reads the lines of a report, without colours. Its sections are SUCCESSFUL and IGNORED, then those of invariants. */
export const parseReport = (lines: readonly string[]): Report => {
  const counts = new Map<string, Map<string, number>>();
  let passedRuns: number | undefined;
  let section = new Map<string, number>();
  for (const line of lines) {
    const [, runs] = PASSED.exec(line) ?? [];
    const [, title] = SECTION.exec(line) ?? [];
    const [, name, count] = COUNT.exec(line) ?? [];
    if (runs !== undefined) passedRuns = Number(runs);
    else if (title !== undefined) {
      section = new Map();
      counts.set(title, section);
    } else if (name !== undefined) section.set(name, Number(count));
  }
  return {
    passedRuns,
    successes: counts.get('SUCCESSFUL') ?? new Map(),
    refusals: counts.get('IGNORED') ?? new Map(),
  };
};
