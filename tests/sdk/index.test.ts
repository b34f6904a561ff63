import * as sdk from '@fac/sdk';
import { expect, it } from 'vitest';

it('exports these values and no others', () => {
  expect(Object.keys(sdk).sort()).toMatchInlineSnapshot(`
    [
      "CLOCKS",
      "FacError",
      "STATUSES",
      "createFac",
      "createHttpTransport",
      "createKeySigner",
      "decideFee",
      "decodeEvent",
      "decodeLane",
      "decodeOccupancy",
      "decodeRoles",
      "encodeLane",
      "encodeRoles",
      "isFacError",
      "isFinalStatus",
      "isTaskId",
      "isUnit",
      "makeBurnHeight",
      "makeEventCursor",
      "makeReceipt",
      "makeStacksHeight",
      "makeTaskId",
      "makeUnixSeconds",
      "makeUstx",
      "measureCall",
    ]
  `);
});
