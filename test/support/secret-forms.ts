/** The ways in which a text could stand in a file, a trace or a log, by name; those of base64 whatever stands before it. */
export function formsOf(secret: string | Uint8Array): Map<string, Buffer> {
  const bytes = Buffer.from(secret);
  const forms = new Map([
    ['plain', bytes],
    ['hex', Buffer.from(bytes.toString('hex'))],
    ['HEX', Buffer.from(bytes.toString('hex').toUpperCase())],
    ['URL-encoded', Buffer.from(encodeURIComponent(bytes.toString('latin1')))],
  ]);
  for (const shift of [0, 1, 2]) {
    const base64 = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    // The first and the last character also hold bits of what stands beside.
    const own = base64.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6));
    forms.set(`base64 after ${shift}`, Buffer.from(own));
    forms.set(`base64url after ${shift}`, Buffer.from(own.replaceAll('+', '-').replaceAll('/', '_')));
  }
  return forms;
}

/** In which form a text stands in these bytes, if it does. */
export function formIn(bytes: Buffer, forms: ReadonlyMap<string, Buffer>): string | undefined {
  for (const [name, form] of forms) if (bytes.includes(form)) return name;
  return undefined;
}
