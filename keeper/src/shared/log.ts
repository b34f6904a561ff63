/** One line of the log: a stable event name and its fields (bigints and bytes are printed as text). */
export type LogFields = Readonly<Record<string, unknown>>;

/** Where the keeper tells what it does. `event` is a stable name; see `LogEvent`. */
export interface Log {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
  /** The same log with these fields on every line. */
  child(fields: LogFields): Log;
}

/** A log that says nothing. */
export const silentLog: Log = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  child: () => silentLog,
};
