import { decode, type Plain } from '../../helpers/clarity.js';
import { nextHeight } from '../../helpers/clocks.js';
import { sourceOf } from '../../helpers/contract-errors.js';
import {
  account,
  argsOf,
  balanceOf,
  callDeployed,
  contractId,
  deploy,
  expectOk,
  type Fields,
  functionsOf,
  type Outcome,
} from '../../helpers/contracts.js';
import { clarityType } from '../../helpers/proxy.js';

const COPY = 'driven-registry';
const DRIVER = 'lease-driver';
const DRIVEN = ['open-leases', 'close-leases', 'lose-leases'];

/** The least bond until a parameter says otherwise, uSTX. */
export const BOND = 100_000_000n;

export interface Lost {
  readonly worker: string;
  readonly slot?: bigint;
  readonly claimed?: bigint;
  readonly reward?: bigint;
}

/** A copy of the registry that takes a contract of ours for those that hand out leases: they begin and end as a test says. */
export interface DrivenRegistry {
  readonly id: string;
  readonly call: (name: string, args: readonly Plain[], by?: string) => Outcome;
  readonly read: (name: string, ...args: readonly Plain[]) => Plain;
  /** Opens a lease for each of tasks 1 to n, until a height that is far unless an option says otherwise. */
  readonly open: (worker: string, n: number, options?: { oldest?: bigint; now?: bigint }) => Outcome;
  readonly close: (
    worker: string,
    slots: readonly bigint[],
    counts: { good?: bigint; bad?: bigint; earned?: bigint },
  ) => Outcome;
  /** Loses leases claimed now, at a large reward, unless an item says otherwise. */
  readonly lose: (leases: readonly (Lost | null)[], reclaimer: string) => Outcome;
  readonly worker: (who: string) => Fields;
  readonly balance: () => bigint;
}

export function deployDriven(): DrivenRegistry {
  deploy(COPY, sourceOf('registry').replaceAll(/\.(async-queue|task-control)\b/g, `.${DRIVER}`));
  deploy(
    DRIVER,
    functionsOf('registry')
      .filter(({ name }) => DRIVEN.includes(name))
      .map(forward)
      .join('\n'),
  );
  const id = contractId(COPY);
  const drive = (name: string, args: readonly Plain[]) =>
    callDeployed(DRIVER, name, argsOf('registry', name, args), account('deployer'));
  const read = (name: string, ...args: readonly Plain[]) =>
    decode(simnet.callReadOnlyFn(id, name, argsOf('registry', name, args), account('deployer')).result);
  return {
    id,
    read,
    call: (name, args, by = account('deployer')) =>
      callDeployed(COPY, name, argsOf('registry', name, args), by),
    open: (worker, n, { oldest = nextHeight() + 100_000n, now = nextHeight() } = {}) => {
      const ids = Array.from({ length: n }, (_, i) => BigInt(i) + 1n);
      return drive('open-leases', [worker, ids, oldest, now]);
    },
    close: (worker, slots, { good = 0n, bad = 0n, earned = 0n }) =>
      drive('close-leases', [worker, slots, good, bad, earned]),
    lose: (leases, reclaimer) => {
      const usual = { slot: 0n, claimed: nextHeight(), reward: 10n ** 12n };
      const lost = leases.map((lease) => (lease === null ? null : { ...usual, ...lease }));
      return drive('lose-leases', [lost, reclaimer]);
    },
    worker: (who) => read('get-worker', who) as Fields,
    balance: () => balanceOf(id),
  };
}

/** Registers a worker that an admin vouches for. */
export function grant(registry: DrivenRegistry, who: string, capacity = 8n): string {
  expectOk(registry.call('register-coordinator', [who, 2n]));
  expectOk(registry.call('set-capacity', [who, capacity]));
  return who;
}

/** Lets somebody join for a bond, with room for a whole batch. */
export function bond(registry: DrivenRegistry, who: string, amount = BOND): string {
  expectOk(registry.call('join-as-worker', [amount], who));
  expectOk(registry.call('set-capacity', [who, 20n]));
  return who;
}

export function setParam(registry: DrivenRegistry, name: string, value: bigint): void {
  expectOk(registry.call('set-param', [name, value]));
}

function forward({ name, args }: ReturnType<typeof functionsOf>[number]): string {
  const parameters = args.map((arg) => `(${arg.name} ${clarityType(arg.type)})`).join(' ');
  const names = args.map((arg) => arg.name).join(' ');
  return `(define-public (${name} ${parameters}) (contract-call? .${COPY} ${name} ${names}))`;
}
