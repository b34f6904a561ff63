import { existsSync } from 'node:fs';
import { KeeperError } from '../shared/errors.js';
import { type Given, type Layer, readConfigFile } from './config-file.js';
import { OPTION_NAMES, OPTIONS, type Option, type OptionName, type Settings } from './options.js';

export interface ConfigInput {
  /** What the flags said, by option. */
  readonly flags: Readonly<Partial<Record<OptionName, string>>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `--config`; without it `fac.yaml` in the working directory, if there is one. */
  readonly file?: string | undefined;
}

export interface Config {
  readonly settings: Settings;
  /** Where each value came from: `default`, `fac.yaml:3:1`, `FAC_TICK_MS` or `--tick-ms`. */
  readonly sources: Readonly<Record<OptionName, string>>;
}

export const DEFAULT_FILE = 'fac.yaml';

/** Defaults, then the file, the environment and the flags. Checked here once, never again inside. */
export function loadConfig({ flags, env, file }: ConfigInput): Config {
  const path = file ?? env.FAC_CONFIG ?? (existsSync(DEFAULT_FILE) ? DEFAULT_FILE : undefined);
  const layers: readonly Layer[] = [
    path === undefined ? {} : readConfigFile(path),
    readEnvironment(env),
    readFlags(flags),
  ];
  const settings: Partial<Record<OptionName, unknown>> = {};
  const sources: Partial<Record<OptionName, string>> = {};
  for (const name of OPTION_NAMES) {
    const given = layers.reduce<Given | undefined>((last, layer) => layer[name] ?? last, readDefault(name));
    if (given === undefined) throw missing(name);
    settings[name] = check(name, given);
    sources[name] = given.source;
  }
  // Both were filled for every name just above, each value by its own schema.
  const config = { settings, sources } as Config;
  checkTogether(config.settings);
  return config;
}

function optionOf(name: OptionName): Option<unknown> {
  return OPTIONS[name];
}

function readDefault(name: OptionName): Given | undefined {
  const { fallback } = optionOf(name);
  return fallback === undefined ? undefined : { value: fallback, source: 'default' };
}

function readEnvironment(env: ConfigInput['env']): Layer {
  const layer: Layer = {};
  for (const name of OPTION_NAMES) {
    const value = env[OPTIONS[name].env];
    if (value !== undefined) layer[name] = { value, source: OPTIONS[name].env };
  }
  return layer;
}

function readFlags(flags: ConfigInput['flags']): Layer {
  const layer: Layer = {};
  for (const name of OPTION_NAMES) {
    const value = flags[name];
    if (value !== undefined) layer[name] = { value, source: flagOf(name) };
  }
  return layer;
}

function check(name: OptionName, { value, source }: Given): unknown {
  const { schema, expected } = optionOf(name);
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const got =
    name === 'keyFile' || name === 'nodeUrl' ? `a ${typeof value}` : (JSON.stringify(value) ?? 'nothing');
  throw new KeeperError('INVALID_CONFIG_VALUE', { context: { name, source, expected, got } });
}

function checkTogether({ feeFloorUstx, feeCapUstx }: Settings): void {
  if (feeFloorUstx > feeCapUstx) {
    const problem = `feeFloorUstx (${feeFloorUstx}) must not be above feeCapUstx (${feeCapUstx})`;
    throw new KeeperError('INVALID_CONFIG_COMBINATION', { context: { problem } });
  }
}

function missing(name: OptionName): KeeperError {
  const { expected, env } = OPTIONS[name];
  return new KeeperError('EXPECTED_CONFIG_VALUE', { context: { name, expected, env, flag: flagOf(name) } });
}

function flagOf(name: OptionName): string {
  return OPTIONS[name].flag.split(' ')[0] ?? name;
}
