import { pino } from 'pino';
import { toHex } from '../shared/hex.js';
import type { Log, LogFields } from '../shared/log.js';
import { createPrettyStream } from './pretty-stream.js';

export interface CreateLogOptions {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly format: 'json' | 'pretty';
}

/**
 * The log of the process on standard output, written before the call returns: what a reader has seen is true
 * even if the process is killed at once. JSON lines carry `level`, `time`, `event`; bigints are decimal text.
 */
export function createLog({ level, format }: CreateLogOptions): Log {
  const destination = pino.destination({ dest: 1, sync: true });
  // A reader that went away is no reason to stop: leases still have to be settled.
  destination.on('error', () => {});
  const stream = format === 'pretty' ? createPrettyStream(destination) : destination;
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return wrap(pino(options, stream));
}

type Write = (fields: LogFields) => void;
interface Sink {
  debug: Write;
  info: Write;
  warn: Write;
  error: Write;
  child(fields: LogFields): Sink;
}

function wrap(sink: Sink): Log {
  return {
    debug: (event, fields) => sink.debug({ event, ...show(fields) }),
    info: (event, fields) => sink.info({ event, ...show(fields) }),
    warn: (event, fields) => sink.warn({ event, ...show(fields) }),
    error: (event, fields) => sink.error({ event, ...show(fields) }),
    child: (fields) => wrap(sink.child(show(fields))),
  };
}

function show(fields: LogFields = {}): LogFields {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, showValue(value)]));
}

function showValue(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Uint8Array) return toHex(value);
  if (value instanceof Error) return value.message;
  if (Array.isArray(value)) return value.map(showValue);
  return value;
}
