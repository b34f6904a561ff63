export type { MineRequest } from './chain/mine-blocks.js';
export {
  type ControlFault,
  type ControlFork,
  type ControlRule,
  type ControlState,
  createLocalnetControl,
  type LocalnetControl,
} from './control/control-client.js';
export { LocalnetError, type LocalnetErrorCode } from './errors.js';
export type { AnnouncedAccount, LocalnetEvent } from './events.js';
export { type Localnet, startLocalnet } from './localnet.js';
export type { LocalnetOptions } from './options.js';
export type { DevnetAccount } from './project/accounts.js';
