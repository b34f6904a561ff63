/** What can go wrong, each with a text that says what was expected and what to do next. */
const TEXTS = {
  INVALID_OPTION: 'an option has a value localnet cannot use',
  INVALID_MANIFEST: 'Clarinet.toml cannot be used',
  INVALID_SETTINGS: 'settings/Devnet.toml cannot be used',
  INVALID_PLAN: 'the deployment plan cannot be used',
  NOT_FOUND_FILE: 'a file that is needed is missing',
  INVALID_STATE: 'the state file cannot be used',
  INVALID_REQUEST: 'the chain cannot do that',
  NOT_FOUND_REQUIREMENT: 'a contract of another project is not in the cache of this one',
  REJECTED_PORT: 'the address to listen on is not available',
  REJECTED_DEPLOYMENT: 'a transaction of the deployment plan did not succeed',
  REJECTED_SIMNET: 'simnet failed',
} as const;

export type LocalnetErrorCode = keyof typeof TEXTS;

/** The one error class of this package; `code` is stable. */
export class LocalnetError extends Error {
  override readonly name = 'LocalnetError';

  constructor(
    readonly code: LocalnetErrorCode,
    detail: string,
    options?: { cause?: unknown },
  ) {
    super(`${TEXTS[code]}: ${detail}`, options);
  }
}
