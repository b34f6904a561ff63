/** The environment variable that names the file to which Rendezvous writes its tally. */
export const TALLY_FILE = 'FAC_RENDEZVOUS_TALLY';

/** What a run of Rendezvous called, by the function that it called. */
export interface Tally {
  readonly calls: Readonly<Record<string, number>>;
  /** Calls that answered `(ok …)`, by what they and all they called printed. */
  readonly effects: readonly Effect[];
}

export interface Effect {
  readonly called: string;
  /** Topics of the printed events, each once. */
  readonly topics: readonly string[];
  readonly times: number;
}

export const successesOf = ({ effects }: Tally, name: string): number =>
  effects.filter(({ called }) => called === name).reduce((sum, { times }) => sum + times, 0);

/** Calls of some functions that printed one of the topics; of all functions when none is named. */
export const countEffects = (
  { effects }: Tally,
  topics: readonly string[],
  called: readonly string[] | undefined,
): number =>
  effects
    .filter((effect) => called === undefined || called.includes(effect.called))
    .filter((effect) => effect.topics.some((topic) => topics.includes(topic)))
    .reduce((sum, { times }) => sum + times, 0);
