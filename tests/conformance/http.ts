import { expect } from 'vitest';
import type { z } from 'zod';
import type { TargetFacts } from './target.js';

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly bytes: Uint8Array;
  readonly text: string;
}

export async function get({ url }: TargetFacts, path: string): Promise<Answer> {
  return read(await fetch(`${url}${path}`));
}

export async function post(
  { url }: TargetFacts,
  path: string,
  body: string | Uint8Array<ArrayBuffer>,
  contentType = 'application/json',
): Promise<Answer> {
  const headers = { 'content-type': contentType };
  return read(await fetch(`${url}${path}`, { method: 'POST', headers, body }));
}

export const postJson = (target: TargetFacts, path: string, body: unknown) =>
  post(target, path, JSON.stringify(body));

/** The body of an answer that has to be 200 and of the form described. */
export function shaped<T>(answer: Answer, schema: z.ZodType<T>, status = 200): T {
  expect([answer.status, answer.type], answer.text.slice(0, 500)).toEqual([status, 'application/json']);
  return schema.parse(JSON.parse(answer.text));
}

export async function fetchShaped<T>(target: TargetFacts, path: string, schema: z.ZodType<T>): Promise<T> {
  return shaped(await get(target, path), schema);
}

/** A refusal in words, as a node gives it. */
export function expectText(answer: Answer, status: number, text?: string | RegExp): void {
  expect([answer.status, answer.type], answer.text.slice(0, 500)).toEqual([status, 'text/plain']);
  if (text !== undefined) expect(answer.text).toMatch(text);
}

async function read(response: Response): Promise<Answer> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  return {
    status: response.status,
    type: (response.headers.get('content-type') ?? '').split(';')[0]?.trim() ?? '',
    bytes,
    text: new TextDecoder().decode(bytes),
  };
}
