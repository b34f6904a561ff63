/** Simnet's way of saying where; the node says only what. */
const PREFIX = /^Call contract function error: .*?: Runtime error while interpreting [^:\s]+: /s;
const RUNTIME_ERROR = /^Runtime\((.+), (?:None|Some\(\[(.*)\]\))\)$/s;

/** Why a read failed, in the node's words: an error and the functions it came through. */
export function vmCause(simnetCause: string): string {
  const cause = simnetCause.replace(PREFIX, '');
  const [, error, stack] = RUNTIME_ERROR.exec(cause) ?? [];
  if (error === undefined) return cause;
  const functions = [...(stack ?? '').matchAll(/identifier: "([^"]*)"/g)].map(([, name]) => `${name}\n`);
  return functions.length === 0 ? error : `${error}\n Stack Trace: \n${functions.join('')}`;
}
