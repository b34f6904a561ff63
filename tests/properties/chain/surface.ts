const EXAMPLES = [
  'chained-job',
  'heartbeat-counter',
  'price-condition',
  'vesting-payout',
  'task-handler-trait',
];

/** What the contracts of the project offer and how they may refuse it. */
export interface Surface {
  /** `contract function`, of all public functions. */
  readonly functions: readonly string[];
  /** By code: `contract ERR_NAME`. */
  readonly errors: ReadonlyMap<bigint, string>;
}

/** Reads it from simnet before a run deploys anything of its own. */
export function readSurface(): Surface {
  const contracts = [...simnet.getContractsInterfaces()].flatMap(([id, { functions }]) => {
    const [deployer, name = ''] = id.split('.');
    return deployer === simnet.deployer && !EXAMPLES.includes(name) ? [{ id, name, functions }] : [];
  });
  return {
    functions: contracts.flatMap(({ name: contract, functions }) =>
      functions.filter(({ access }) => access === 'public').map(({ name }) => `${contract} ${name}`),
    ),
    errors: new Map(contracts.flatMap(({ id, name }) => errorsIn(id, name))),
  };
}

function errorsIn(id: string, contract: string): readonly [bigint, string][] {
  const source = simnet.getContractSource(id) ?? '';
  return [...source.matchAll(/^\(define-constant (ERR_\w+) \(err u(\d+)\)\)/gm)].map(
    ([, name, code = '0']) => [BigInt(code), `${contract} ${name}`],
  );
}
