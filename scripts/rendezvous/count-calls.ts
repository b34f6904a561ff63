import { writeFileSync } from 'node:fs';
import { type Effect, TALLY_FILE } from './tally.js';

// Rendezvous loads this file inside its own process (`--dial`) and runs what is named `pre…` before each call and what
// is named `post…` after each that succeeded. What they counted is written as the process ends.

interface Dialed {
  readonly selectedFunction: { readonly name: string };
  readonly functionCall?: { readonly events: readonly SimnetEvent[] } | undefined;
}

interface SimnetEvent {
  readonly event: string;
  readonly data: { readonly value?: PrintedValue };
}

interface PrintedValue {
  readonly value?: { readonly topic?: { readonly value?: unknown } };
}

const calls: Record<string, number> = {};
const effects = new Map<string, Effect>();

export const preCount = ({ selectedFunction: { name } }: Dialed): void => {
  calls[name] = (calls[name] ?? 0) + 1;
};

export const postCount = ({ selectedFunction: { name }, functionCall }: Dialed): void => {
  const topics = [...new Set(functionCall?.events.flatMap(topicsOf))].sort();
  const key = [name, ...topics].join(' ');
  effects.set(key, { called: name, topics, times: (effects.get(key)?.times ?? 0) + 1 });
};

const topicsOf = ({ event, data }: SimnetEvent): readonly string[] => {
  const topic = event === 'print_event' ? data.value?.value?.topic?.value : undefined;
  return typeof topic === 'string' ? [topic] : [];
};

process.once('exit', () => {
  const file = process.env[TALLY_FILE];
  if (file !== undefined) writeFileSync(file, JSON.stringify({ calls, effects: [...effects.values()] }));
});
