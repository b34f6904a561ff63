import type { ExecutionCost } from '../worker/protocol.js';

/** A cost as the node writes it. */
export function costJson({ readCount, readLength, writeCount, writeLength, runtime }: ExecutionCost): object {
  return {
    read_count: readCount,
    read_length: readLength,
    runtime,
    write_count: writeCount,
    write_length: writeLength,
  };
}
