import * as sdk from '@fac/sdk';
import { expect, it } from 'vitest';

it('exports these values and no others', () => {
  expect(Object.keys(sdk).sort()).toMatchInlineSnapshot(`
    [
      "CLOCKS",
      "FacError",
      "GATES",
      "STATUSES",
      "createFac",
      "createHttpTransport",
      "createKeySigner",
      "decideFee",
      "decodeActivities",
      "decodeEvent",
      "decodeLane",
      "decodeOccupancy",
      "decodeRoles",
      "encodeActivities",
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
