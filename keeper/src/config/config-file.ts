import { readFileSync } from 'node:fs';
import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { KeeperError } from '../shared/errors.js';
import { OPTION_NAMES, type OptionName } from './options.js';

/** A value as somebody wrote it, and where. */
export interface Given {
  readonly value: unknown;
  /** `default`, `fac.yaml:3:1`, `FAC_TICK_MS` or `--tick-ms`. */
  readonly source: string;
}

export type Layer = Partial<Record<OptionName, Given>>;

/** Reads a YAML or JSON file. Throws INVALID_CONFIG_FILE or INVALID_CONFIG_KEY with file:line:column. */
export function readConfigFile(path: string): Layer {
  const lines = new LineCounter();
  const document = parseDocument(readText(path), { lineCounter: lines, prettyErrors: false });
  const where = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${path}:${line}:${col}`;
  };
  const [error] = document.errors;
  if (error !== undefined) throw invalid(where(error.pos[0]), error.message);
  if (document.contents === null) return {};
  if (!isMap(document.contents)) throw invalid(`${path}:1:1`, 'expected an object of options');

  const layer: Layer = {};
  for (const { key, value } of document.contents.items) {
    const name = isScalar(key) ? String(key.value) : 'not a name';
    const source = where((isScalar(key) ? key.range?.[0] : undefined) ?? 0);
    if (!isOptionName(name)) {
      throw new KeeperError('INVALID_CONFIG_KEY', {
        context: { where: source, key: name, known: OPTION_NAMES },
      });
    }
    const plain = document.createNode(value).toJS(document) as unknown;
    layer[name] = { value: plain, source };
  }
  return layer;
}

function isOptionName(name: string): name is OptionName {
  return (OPTION_NAMES as readonly string[]).includes(name);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new KeeperError('NOT_FOUND_CONFIG_FILE', { context: { path } });
    }
    throw invalid(path, error instanceof Error ? error.message : String(error));
  }
}

function invalid(where: string, problem: string): KeeperError {
  return new KeeperError('INVALID_CONFIG_FILE', { context: { where, problem: problem.replace(/\.$/, '') } });
}
