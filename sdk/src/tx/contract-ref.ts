import { ABIS, type AbiOf, type FacContractName } from '../abi/contracts.js';

/** One of our contracts at its deployer. */
export interface ContractRef<Name extends FacContractName = FacContractName> {
  readonly deployer: string;
  readonly name: Name;
  readonly abi: AbiOf<Name>;
}

export const makeContractRef = <Name extends FacContractName>(
  deployer: string,
  name: Name,
): ContractRef<Name> => ({ deployer, name, abi: ABIS[name] });

/** `ADDRESS.name`. */
export const contractIdOf = ({ deployer, name }: ContractRef): string => `${deployer}.${name}`;
