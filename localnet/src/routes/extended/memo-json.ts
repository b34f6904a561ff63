/** A memo in the API's third form: as hex, and as the text that its bytes may be; null if there is none. */
export function memoJson(hex: string): { readonly hex: string; readonly repr: string } | null {
  const digits = hex.replace(/^0x/, '').replace(/(00)+$/, '');
  return digits === '' ? null : { hex: `0x${digits}`, repr: Buffer.from(digits, 'hex').toString('utf8') };
}
