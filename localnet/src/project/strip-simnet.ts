import { type ClarityToken, isClosing, isComment, isOpening, tokenizeClarity } from './clarity-tokens.js';

/** Alone on its line, it marks the expression below as one that exists in simnet only. */
const ANNOTATION = /^;+\s*#\[\s*env\(simnet\)\s*\]\s*$/;

/**
 * Takes out what is annotated `;; #[env(simnet)]`, as clarinet does for every network but simnet.
 * Line breaks stay, so that a line in an error is a line of the file.
 */
export function stripSimnetOnly(source: string): string {
  const tokens = tokenizeClarity(source);
  let kept = '';
  let keptUntil = 0;
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (token === undefined || !isAnnotation(token, source)) continue;
    const last = findEndOfNext(tokens, at + 1);
    const end = tokens[last];
    if (end === undefined) continue;
    const endIndex = end.index + end.text.length;
    kept += source.slice(keptUntil, token.index) + source.slice(token.index, endIndex).replace(/[^\n]+/g, '');
    keptUntil = endIndex;
    at = last;
  }
  return kept + source.slice(keptUntil);
}

function isAnnotation(token: ClarityToken, source: string): boolean {
  const lineStart = source.lastIndexOf('\n', token.index - 1) + 1;
  return ANNOTATION.test(token.text) && source.slice(lineStart, token.index).trim() === '';
}

/** The place of the last token of the next expression; -1 if the list or the file ends before one. */
function findEndOfNext(tokens: readonly ClarityToken[], from: number): number {
  let depth = 0;
  for (let at = from; at < tokens.length; at++) {
    const token = tokens[at];
    if (token === undefined || isComment(token)) continue;
    if (isOpening(token)) depth++;
    if (isClosing(token)) depth--;
    if (depth < 0) return -1;
    if (depth === 0) return at;
  }
  return -1;
}
