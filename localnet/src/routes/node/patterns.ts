/** The pieces of the node's path patterns. `name:` is filled in by `group`. */
const C32 = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const STANDARD_PRINCIPAL = `[${C32}]{28,41}`;
/** Paths take names of up to 128 characters, though no contract of more than 40 can be deployed. */
const CONTRACT_NAME = '[a-zA-Z][a-zA-Z0-9_-]{0,127}';
/** Wider than a Clarity name is: what gets through here and is none is refused one step later. */
const CLARITY_NAME = '[a-zA-Z0-9_!?+<>=/*-]{1,128}';

const group = (name: string, pattern: string) => `(?<${name}>${pattern})`;

export const PRINCIPAL = group('principal', `${STANDARD_PRINCIPAL}(?:\\.${CONTRACT_NAME})?`);
export const CONTRACT = `${group('address', STANDARD_PRINCIPAL)}/${group('contract', CONTRACT_NAME)}`;
export const TRAIT_CONTRACT = `${group('traitAddress', STANDARD_PRINCIPAL)}/${group('traitContract', CONTRACT_NAME)}`;
export const CLARITY_MEMBER = group('member', CLARITY_NAME);
export const BLOCK_ID = group('blockId', '[0-9a-f]{64}');
export const TXID = group('txid', '[0-9a-f]{64}');
export const CONSENSUS_HASH = group('consensusHash', '[0-9a-f]{40}');
export const HEIGHT = group('height', '[0-9]{1,20}');
export const BURN_HASH = group('burnHash', '[0-9a-f]{64}');
