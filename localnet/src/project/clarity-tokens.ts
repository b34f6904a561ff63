export interface ClarityToken {
  readonly text: string;
  /** Where it begins in the source. */
  readonly index: number;
}

/** Comments, strings, brackets and atoms; what stands between them is white space, commas and colons. */
const TOKEN = /;[^\n]*|u?"(?:[^"\\]|\\.)*"|[(){}]|[^\s(){}",;]+/g;

export function tokenizeClarity(source: string): readonly ClarityToken[] {
  return Array.from(source.matchAll(TOKEN), ({ 0: text, index }) => ({ text, index }));
}

export function isComment({ text }: ClarityToken): boolean {
  return text.startsWith(';');
}

export function isOpening({ text }: ClarityToken): boolean {
  return text === '(' || text === '{';
}

export function isClosing({ text }: ClarityToken): boolean {
  return text === ')' || text === '}';
}
