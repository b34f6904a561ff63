import { validateStacksAddress } from '@stacks/transactions';

/** A function, variable, map, constant or tuple field. */
export const CLARITY_NAME = /^(?:[a-zA-Z][a-zA-Z0-9\-_!?+<>=/*]{0,127}|[-+=/*]|[<>]=?)$/;

/** The node's bound for the name of a contract that is deployed. */
const CONTRACT_NAME = /^[a-zA-Z][a-zA-Z0-9\-_]{0,39}$/;

export function isContractName(name: string): boolean {
  return CONTRACT_NAME.test(name);
}

/** `ADDRESS` or `ADDRESS.contract`. */
export function isPrincipal(text: string): boolean {
  const [address = '', name, ...rest] = text.split('.');
  return rest.length === 0 && validateStacksAddress(address) && (name === undefined || isContractName(name));
}

/** Whether a principal is of this network: single (ST) or multi-signature (SN). */
export function isTestnetPrincipal(principal: string): boolean {
  return /^S[TN]/.test(principal);
}

export function assertPrincipal(text: string): void {
  if (!isPrincipal(text)) throw new Error(`"${text}" is no principal`);
}

export function assertContractName(name: string): void {
  if (!isContractName(name)) throw new Error(`"${name}" is no contract name: 1 to 40 of a-z A-Z 0-9 - _`);
}

export function assertClarityName(name: string): void {
  if (!CLARITY_NAME.test(name)) throw new Error(`"${name}" is no Clarity name`);
}
