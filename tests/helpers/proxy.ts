import type { AbiType, Plain } from './clarity.js';
import { CONTRACTS, type Contract } from './contract-errors.js';
import { argsOf, callDeployed, deploy, functionsOf, type Outcome } from './contracts.js';

const USE_TRAIT = '(use-trait task-handler .task-handler-trait.task-handler)';

/** Deploys a contract that passes every call on to the contract behind it, as `proxy-<contract>`. */
export function deployProxy(contract: Contract): string {
  const functions = functionsOf(contract)
    .filter(({ access }) => access === 'public')
    .map(({ name, args }) => {
      const parameters = args.map((arg) => `(${arg.name} ${clarityType(arg.type)})`).join(' ');
      const names = args.map((arg) => arg.name).join(' ');
      return `(define-public (${name} ${parameters}) (contract-call? .${CONTRACTS[contract]} ${name} ${names}))`;
    });
  return deploy(proxyName(contract), [USE_TRAIT, ...functions].join('\n'));
}

/** Calls through the proxy: `by` is the tx-sender, the proxy the contract-caller. */
export function callByProxy(contract: Contract, name: string, args: readonly Plain[], by: string): Outcome {
  return callDeployed(proxyName(contract), name, argsOf(contract, name, args), by);
}

const proxyName = (contract: Contract) => `proxy-${contract}`;

/** A type of an interface as Clarity writes it. */
export function clarityType(type: AbiType): string {
  if (type === 'uint128') return 'uint';
  if (type === 'trait_reference') return '<task-handler>';
  if (typeof type === 'string') return type;
  if ('buffer' in type) return `(buff ${type.buffer.length})`;
  if ('string-ascii' in type) return `(string-ascii ${type['string-ascii'].length})`;
  if ('optional' in type) return `(optional ${clarityType(type.optional)})`;
  if ('list' in type) return `(list ${type.list.length} ${clarityType(type.list.type)})`;
  if ('response' in type) {
    return `(response ${clarityType(type.response.ok)} ${clarityType(type.response.error)})`;
  }
  if ('tuple' in type) {
    return `{${type.tuple.map((field) => `${field.name}: ${clarityType(field.type)}`).join(', ')}}`;
  }
  throw new Error(`no spelling for the type ${JSON.stringify(type)}`);
}
