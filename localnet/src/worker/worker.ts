import { parentPort, workerData } from 'node:worker_threads';
import { buildBlock } from './build-block.js';
import type {
  GenesisContract,
  Replies,
  RequestKind,
  RequestMessage,
  WorkerInput,
  WorkerMessage,
} from './protocol.js';
import { callReadOnly, readAccount, readConstant, readDataVar, readMapEntry } from './reads.js';
import { proveRestore } from './self-test.js';
import { openSimnet } from './simnet.js';
import { simulate } from './simulate.js';
import { CannotRestore, createTimeline } from './timeline.js';

const port = parentPort;
if (port === null) throw new Error('worker.js runs only as a worker thread');

const { genesisTimeMs, accounts, contracts, withoutRestore }: WorkerInput = workerData;
const simnet = await openSimnet(genesisTimeMs, accounts);
const restore = withoutRestore
  ? ({ proven: false, why: 'switched off' } as const)
  : proveRestore(simnet, accounts[0]);
for (const contract of contracts) deployAtGenesis(contract);
const timeline = createTimeline(simnet, restore.proven);

port.on('message', (message: RequestMessage) => {
  try {
    send({ kind: 'reply', id: message.id, body: serve(message) });
  } catch (error) {
    const kind = error instanceof CannotRestore ? 'spoilt' : 'failed';
    send({ kind, id: message.id, message: String(error) });
  }
});
send({ kind: 'started', tip: simnet.tip(), restore });

function serve(message: RequestMessage): Replies[RequestKind] {
  switch (message.kind) {
    case 'build-block':
      return buildBlock(simnet, timeline, message.body);
    case 'simulate':
      return simulate(timeline, message.body);
    case 'keep-copy':
      return timeline.keepCopy(message.body.id);
    case 'restore-copy':
      return timeline.restoreCopy(message.body.id);
    case 'drop-copy':
      timeline.dropCopy(message.body.id);
      return null;
    case 'account':
      return readAccount(timeline, message.body);
    case 'call-read':
      return callReadOnly(timeline, message.body);
    case 'map-entry':
      return readMapEntry(timeline, message.body);
    case 'data-var':
      return readDataVar(timeline, message.body);
    case 'constant':
      return readConstant(timeline, message.body);
    case 'interface':
      return simnet.contractInterface(message.body.contractId);
    case 'source':
      return simnet.contractSource(message.body.contractId);
  }
}

function deployAtGenesis({ contractId, source, clarityVersion }: GenesisContract): void {
  // A second deployment under one name would be simnet's end.
  if (simnet.contractSource(contractId) !== null) return;
  const [address = '', name = ''] = contractId.split('.');
  simnet.deploy(name, source, clarityVersion, address);
}

function send(message: WorkerMessage): void {
  port?.postMessage(message);
}
