/** Nobody stacks here: the cycles are counted with a development network's lengths, and are empty. */
export const REWARD_CYCLE_LENGTH = 20;
export const PREPARE_PHASE_LENGTH = 5;
export const FIRST_BURN_HEIGHT = 0;

export function rewardCycleOf(burnHeight: number): number {
  return Math.floor((burnHeight - FIRST_BURN_HEIGHT) / REWARD_CYCLE_LENGTH);
}
