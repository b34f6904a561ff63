/** The clocks of the contracts, as tasks name them. */
export const CLOCK = { stacks: 0n, burn: 1n, time: 2n } as const;

/** The Stacks height at which the next call runs. */
export function nextHeight(): bigint {
  return BigInt(simnet.blockHeight) + 1n;
}

/** The Bitcoin height which the next call sees. */
export function nextBurnHeight(): bigint {
  return BigInt(simnet.burnBlockHeight);
}

/** The block time, in Unix seconds, which the next call sees: a Stacks block takes ten seconds. */
export function nextTime(): bigint {
  return BigInt(simnet.getBlockTime()) + 10n;
}

/** Mines Stacks blocks until the next call runs at this Stacks height. */
export function mineUntil(height: bigint): void {
  assertAhead(height, nextHeight());
  simnet.mineEmptyStacksBlocks(Number(height - nextHeight()));
}

/** Mines Bitcoin blocks until the next call sees this Bitcoin height. */
export function mineUntilBurn(burnHeight: bigint): void {
  assertAhead(burnHeight, nextBurnHeight());
  simnet.mineEmptyBurnBlocks(Number(burnHeight - nextBurnHeight()));
}

/** Mines Stacks blocks until the next call sees this block time, a multiple of ten seconds ahead. */
export function mineUntilTime(seconds: bigint): void {
  assertAhead(seconds, nextTime());
  simnet.mineEmptyStacksBlocks(Number((seconds - nextTime()) / 10n));
}

function assertAhead(wanted: bigint, next: bigint): void {
  if (wanted < next) throw new Error(`the next call is already at ${next}, after ${wanted}`);
}
