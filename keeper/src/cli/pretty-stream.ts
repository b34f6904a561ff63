/** Turns JSON lines into lines for people: `12:03:04 info  settled taskId=4 attempt=1`. */
export function createPrettyStream(out: { write(text: string): unknown }): { write(line: string): void } {
  return { write: (line) => void out.write(formatLine(line)) };
}

const LEVEL_WIDTH = 5;
const EVENT_WIDTH = 14;

export function formatLine(line: string): string {
  // Written by pino from our own log calls, so it is an object.
  const { level, time, event, ...fields } = JSON.parse(line) as Record<string, unknown>;
  const clock = String(time).slice(11, 19);
  const rest = Object.entries(fields).map(([key, value]) => `${key}=${showField(value)}`);
  return `${clock} ${String(level).padEnd(LEVEL_WIDTH)} ${String(event).padEnd(EVENT_WIDTH)} ${rest.join(' ')}`
    .trimEnd()
    .concat('\n');
}

function showField(value: unknown): string {
  if (typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)) return `${value.slice(0, 8)}…`;
  if (typeof value === 'string' && !/[\s"]/.test(value)) return value;
  return JSON.stringify(value);
}
