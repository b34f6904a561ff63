import { randomBytes } from 'node:crypto';
import { describe, expect } from 'vitest';
import { itFunded } from './case.js';
import { fetchShaped, get, post, shaped } from './http.js';
import { CALL_RESULT, CLARITY_DATA, INTERFACE, TRAIT } from './schemas/contracts.js';
import { CONFIRMED, TXID, UNCONFIRMED } from './schemas/transactions.js';
import {
  balanceOf,
  FEE_USTX,
  freshWallet,
  nonceOf,
  refusalOf,
  run,
  send,
  signCall,
  signDeploy,
  signTransfer,
  submit,
  waitUntilMined,
  walletOf,
} from './wallet.js';

const SOURCE = `
(define-trait counting ((count-up () (response uint uint))))
(define-trait more ((count-up (uint) (response uint uint))))
(define-data-var count uint u0)
(define-map seen uint principal)
(define-read-only (get-count) (var-get count))
(define-public (count-up)
  (begin
    (var-set count (+ (var-get count) u1))
    (map-set seen (var-get count) tx-sender)
    (print {topic: "counted", count: (var-get count)})
    (ok (var-get count))))
(define-public (refuse) (begin (var-set count u999) (err u7)))`;

const uniqueName = () => `conformance-${randomBytes(6).toString('hex')}`;

describe('a transfer', () => {
  itFunded('waits, is mined, moves what it says and costs its fee', async (target) => {
    const wallet = walletOf(target);
    const { address: recipient } = freshWallet(target);
    const nonce = await nonceOf(target, wallet);
    const before = await balanceOf(target, wallet.address);

    await run(target, wallet, await signTransfer(wallet, recipient, 5n, { nonce }));

    expect(await balanceOf(target, recipient)).toBe(5n);
    expect(await balanceOf(target, wallet.address)).toBe(before - 5n - FEE_USTX);
    expect(await nonceOf(target, wallet)).toBe(nonce + 1n);
  });

  itFunded('is taken as octets too, and again when it is known', async (target) => {
    const wallet = walletOf(target);
    const nonce = await nonceOf(target, wallet);
    const transaction = await signTransfer(wallet, freshWallet(target).address, 1n, { nonce });
    const octets = new Uint8Array(Buffer.from(transaction.serialize(), 'hex'));
    const path = '/v2/transactions';
    expect(shaped(await post(target, path, octets, 'application/octet-stream'), TXID)).toBe(
      transaction.txid(),
    );
    await submit(target, transaction);
    await waitUntilMined(target, wallet, nonce);
  });

  itFunded('that waits for its turn is shown as sent', async (target) => {
    const wallet = walletOf(target);
    const nonce = await nonceOf(target, wallet);
    const recipient = freshWallet(target).address;
    const later = await signTransfer(wallet, recipient, 2n, { nonce: nonce + 1n });
    const txid = await submit(target, later);
    const waiting = await fetchShaped(target, `/v2/transactions/unconfirmed/${txid}`, UNCONFIRMED);
    expect(waiting).toEqual({ tx: later.serialize(), status: 'Mempool' });
    await run(target, wallet, await signTransfer(wallet, recipient, 1n, { nonce }));
    await waitUntilMined(target, wallet, nonce + 1n);
  });

  itFunded('is replaced by one that pays more, and by none that does not', async (target) => {
    const wallet = walletOf(target);
    const nonce = await nonceOf(target, wallet);
    const recipient = freshWallet(target).address;
    // The gap before it keeps it waiting while the others come.
    const ahead = { nonce: nonce + 1n };
    await submit(target, await signTransfer(wallet, recipient, 1n, ahead));
    const same = await signTransfer(wallet, recipient, 2n, ahead);
    expect((await refusalOf(target, same)).reason).toBe('ConflictingNonceInMempool');
    await submit(target, await signTransfer(wallet, recipient, 3n, { ...ahead, fee: FEE_USTX + 1n }));
    await run(target, wallet, await signTransfer(wallet, recipient, 10n, { nonce }));
    await waitUntilMined(target, wallet, nonce + 1n);
    expect(await balanceOf(target, recipient)).toBe(13n);
  });

  itFunded('with a nonce that was used is refused', async (target) => {
    const wallet = walletOf(target);
    const nonce = await nonceOf(target, wallet);
    const used = await signTransfer(wallet, freshWallet(target).address, 1n, { nonce });
    await run(target, wallet, used);
    const again = await signTransfer(wallet, freshWallet(target).address, 2n, { nonce });
    expect(await refusalOf(target, again)).toMatchObject({
      reason: 'BadNonce',
      reason_data: {
        expected: Number(nonce) + 1,
        actual: Number(nonce),
        principal: wallet.address,
        is_origin: true,
      },
    });
  });
});

describe('a contract', () => {
  itFunded('is deployed, called, read, and told what it refused', async (target) => {
    const wallet = walletOf(target);
    const nonce = await nonceOf(target, wallet);
    const name = uniqueName();
    const contractId = `${wallet.address}.${name}`;
    const path = `${wallet.address}/${name}`;

    await run(target, wallet, await signDeploy(wallet, name, SOURCE, { nonce }));
    const abi = await fetchShaped(target, `/v2/contracts/interface/${path}`, INTERFACE);
    expect(abi.maps).toEqual([{ name: 'seen', key: 'uint128', value: 'principal' }]);

    const traits = await Promise.all(
      ['counting', 'more'].map((trait) => fetchShaped(target, `/v2/traits/${path}/${path}/${trait}`, TRAIT)),
    );
    expect(traits).toEqual([{ is_implemented: true }, { is_implemented: false }]);

    const txid = await run(
      target,
      wallet,
      await signCall(wallet, contractId, 'count-up', { nonce: nonce + 1n }),
    );
    await run(target, wallet, await signCall(wallet, contractId, 'refuse', { nonce: nonce + 2n }));
    const count = `0x01${'1'.padStart(32, '0')}`;
    const variable = await fetchShaped(target, `/v2/data_var/${path}/count?proof=0`, CLARITY_DATA);
    expect(variable.data).toBe(count);
    const call = { sender: wallet.address, arguments: [] };
    const answer = await post(target, `/v2/contracts/call-read/${path}/get-count`, JSON.stringify(call));
    expect(shaped(answer, CALL_RESULT)).toEqual({ okay: true, result: count });

    const mined = await get(target, `/v3/transaction/${txid}`);
    // A node without an index of transactions says so.
    if (mined.status !== 501) expect(shaped(mined, CONFIRMED).result).toBe('(ok u1)');
  });

  itFunded('that is there cannot be deployed again, and has to have what is called', async (target) => {
    const wallet = walletOf(target);
    const nonce = await nonceOf(target, wallet);
    const name = uniqueName();
    await run(target, wallet, await signDeploy(wallet, name, SOURCE, { nonce }));
    const terms = { nonce: nonce + 1n };
    const again = await signDeploy(wallet, name, SOURCE, terms);
    expect((await refusalOf(target, again)).reason).toBe('ContractAlreadyExists');
    const contractId = `${wallet.address}.${name}`;
    for (const functionName of ['nothing', 'get-count']) {
      const call = await signCall(wallet, contractId, functionName, terms);
      expect((await refusalOf(target, call)).reason).toBe('NoSuchPublicFunction');
    }
    const nowhere = await signCall(wallet, `${wallet.address}.${uniqueName()}`, 'count-up', terms);
    expect((await refusalOf(target, nowhere)).reason).toBe('NoSuchContract');
    expect((await send(target, await signTransfer(wallet, wallet.address, 1n, terms))).status).toBe(400);
  });
});
