import type { AnnouncedAccount, LocalnetEvent } from '../events.js';
import { wrapWords } from './wrap-words.js';

type Ready = Extract<LocalnetEvent, { event: 'ready' }>;

/** How much of a terminal there is to fill. */
export interface Screen {
  readonly columns: number;
  readonly lines: number;
}

/** A window as it opens on most desktops; what is written elsewhere than to a terminal takes no more. */
export const USUAL_SCREEN: Screen = { columns: 100, lines: 24 };
/** However many contracts there are, so many accounts are shown with their keys. */
const MIN_ACCOUNTS = 3;

/** What a person sees at start: where it listens, how its time runs, what is deployed, and keys to sign with. */
export function makeBanner(ready: Ready, { columns, lines }: Screen = USUAL_SCREEN): string {
  const width = columns - INDENT.length;
  const head = [
    `fac-localnet is ready on ${ready.url} (took ${ready.startMs} ms, pid ${ready.pid}; Ctrl-C stops it)`,
    entry('RPC and API', `${ready.url}/v2/info  ${ready.url}/extended`),
    entry('websocket', ready.websocketUrl),
    ...wrapWords(describePace(ready).split(' '), width).map((line, at) =>
      entry(at === 0 ? 'time' : '', line),
    ),
    entry('state', ready.stateFile ?? 'in memory only, gone with this process (--state <file> keeps it)'),
    ...(ready.faults ? [entry('faults', 'on: clients may break this node over /localnet/*')] : []),
    ...describeContracts(ready, width),
    describeOrigin(ready),
  ];
  return [...head, ...describeAccounts(ready.accounts, { columns, lines: lines - head.length })].join('\n');
}

const INDENT = ' '.repeat(14);

function entry(title: string, text: string): string {
  return `  ${title.padEnd(INDENT.length - 2)}${text}`;
}

function describePace({ blockTimeMs, burnEvery, timeFactor, paused }: Ready): string {
  const start = paused ? 'stands still until told to go on; then ' : '';
  if (blockTimeMs === 0) return `${start}a block for each transaction, at once`;
  const factor = timeFactor === null ? '' : `; runs ${timeFactor} times as fast as yours`;
  return `${start}a block every ${blockTimeMs} ms, one in ${burnEvery} a Bitcoin block${factor}`;
}

/** The deployers, each with the names of what it deployed. */
function describeContracts({ contracts, accounts }: Ready, width: number): readonly string[] {
  if (contracts.length === 0) return [entry('contracts', 'none')];
  const names = new Map<string, string[]>();
  for (const contractId of contracts) {
    const [address = '', name = ''] = contractId.split('.');
    names.set(address, [...(names.get(address) ?? []), name]);
  }
  return [...names].flatMap(([address, deployed], at) => {
    const deployer = accounts.find((account) => account.address === address)?.name;
    return [
      entry(at === 0 ? 'contracts' : '', `of ${address}${deployer === undefined ? '' : `, ${deployer}`}`),
      ...wrapWords(separate(deployed), width).map((line) => `${INDENT}${line}`),
    ];
  });
}

function separate(names: readonly string[]): readonly string[] {
  return names.map((name, at) => (at === names.length - 1 ? name : `${name},`));
}

function describeOrigin({ hasDefaultAccounts }: Ready): string {
  const origin = hasDefaultAccounts ? 'the usual ones, as there is no settings/Devnet.toml; ' : '';
  return entry('accounts', `${origin}keys known to all: no real funds!`);
}

/** Two lines an account, or one where address and key fit into it; who finds no place is named. */
function describeAccounts(
  accounts: readonly AnnouncedAccount[],
  { columns, lines }: Screen,
): readonly string[] {
  const described = accounts.map((account) => describeAccount(account, columns));
  const each = described[0]?.length ?? 1;
  const fitting = lines >= accounts.length * each ? accounts.length : Math.floor((lines - 1) / each);
  const shown = described.slice(0, Math.max(MIN_ACCOUNTS, fitting));
  const hidden = accounts.slice(shown.length).map(({ name }) => name);
  const [first = '', last = ''] = [hidden[0], hidden.at(-1)];
  const rest = hidden.length > 4 ? `${first} to ${last}` : hidden.join(', ');
  return [
    ...shown.flat(),
    ...(hidden.length === 0 ? [] : [`    and ${hidden.length} more, ${rest}: --json shows them all`]),
  ];
}

const ADDRESS_LENGTH = 42;

function describeAccount(
  { name, address, privateKey }: AnnouncedAccount,
  columns: number,
): readonly string[] {
  const start = `    ${name.padEnd(INDENT.length - 4)}`;
  const line = `${start}${address.padEnd(ADDRESS_LENGTH)}${privateKey}`;
  return line.length <= columns ? [line] : [`${start}${address}`, `${INDENT}${privateKey}`];
}
