import { Cl, type ClarityAbi, type ClarityAbiType, type ClarityValue, cvToHex } from '@stacks/transactions';

/** A contract with one of everything that the cases read. */
export interface KnownContract {
  readonly address: string;
  readonly name: string;
  /** A function without arguments that can be read. */
  readonly readOnly: string;
  readonly variable: string;
  readonly constant: string;
  readonly map: string;
  /** A key of the map's type, serialized; whether there is an entry is left open. */
  readonly keyHex: string;
}

/** The first of the contracts that has what is needed. */
export async function findContract(url: string, candidates: readonly string[]): Promise<KnownContract> {
  for (const contractId of candidates) {
    const found = await describe(url, contractId);
    if (found !== null) return found;
  }
  throw new Error(
    `no contract of ${url} has a readable function without arguments, a data var, a constant and a map; ` +
      'name one that has with FAC_NODE_CONTRACT=ADDRESS.name',
  );
}

/** Contracts deployed lately, if the node has an API before it. */
export async function listContracts(url: string): Promise<readonly string[]> {
  const response = await fetch(`${url}/extended/v1/tx?type=smart_contract&limit=50`);
  if (!response.ok) return [];
  const { results } = (await response.json()) as { results: { smart_contract: { contract_id: string } }[] };
  return results.map(({ smart_contract: { contract_id: contractId } }) => contractId);
}

async function describe(url: string, contractId: string): Promise<KnownContract | null> {
  const [address = '', name = ''] = contractId.split('.');
  const response = await fetch(`${url}/v2/contracts/interface/${address}/${name}`);
  if (!response.ok) return null;
  const abi = (await response.json()) as ClarityAbi;
  const variable = abi.variables.find(({ access }) => access === 'variable')?.name;
  const constant = abi.variables.find(({ access }) => access === 'constant')?.name;
  const [map] = abi.maps;
  const readOnly = await findReadable(url, address, name, abi);
  if (variable === undefined || constant === undefined || map === undefined || readOnly === null) return null;
  const keyHex = cvToHex(anyValue(map.key));
  return { address, name, readOnly, variable, constant, map: map.name, keyHex };
}

async function findReadable(
  url: string,
  address: string,
  name: string,
  abi: ClarityAbi,
): Promise<string | null> {
  for (const { name: functionName, access, args } of abi.functions) {
    if (access !== 'read_only' || args.length > 0) continue;
    const response = await fetch(`${url}/v2/contracts/call-read/${address}/${name}/${functionName}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ sender: address, arguments: [] }),
    });
    if (response.ok && ((await response.json()) as { okay: boolean }).okay) return functionName;
  }
  return null;
}

/** Some value of a type. */
function anyValue(type: ClarityAbiType): ClarityValue {
  if (type === 'uint128') return Cl.uint(1);
  if (type === 'int128') return Cl.int(1);
  if (type === 'bool') return Cl.bool(true);
  if (typeof type === 'string')
    return type === 'none' ? Cl.none() : Cl.principal('ST000000000000000000002AMW42H');
  if ('buffer' in type) return Cl.buffer(new Uint8Array(1));
  if ('string-ascii' in type) return Cl.stringAscii('');
  if ('string-utf8' in type) return Cl.stringUtf8('');
  if ('optional' in type) return Cl.none();
  if ('response' in type) return Cl.ok(anyValue(type.response.ok));
  if ('list' in type) return Cl.list([]);
  return Cl.tuple(Object.fromEntries(type.tuple.map((field) => [field.name, anyValue(field.type)])));
}
