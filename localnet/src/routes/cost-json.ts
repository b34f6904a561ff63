import type { ExecutionCost } from '../worker/protocol.js';

/** What running took, as the node and the API's third form write it. */
export function costJson(cost: ExecutionCost) {
  return {
    read_count: cost.readCount,
    read_length: cost.readLength,
    runtime: cost.runtime,
    write_count: cost.writeCount,
    write_length: cost.writeLength,
  };
}

/** The same as the API's first forms write it. */
export function costColumns(cost: ExecutionCost) {
  return {
    execution_cost_read_count: cost.readCount,
    execution_cost_read_length: cost.readLength,
    execution_cost_runtime: cost.runtime,
    execution_cost_write_count: cost.writeCount,
    execution_cost_write_length: cost.writeLength,
  };
}
