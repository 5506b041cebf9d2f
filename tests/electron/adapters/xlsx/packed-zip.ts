import { crc32, deflateRawSync } from 'node:zlib';

/** What a damaged or malicious ZIP may say instead of the truth. */
export interface Lies {
  crc?: number;
  bytes?: number;
}

/**
 * A ZIP file of deflated entries whose local headers leave sizes and CRC to a data descriptor, as programs write it
 * that stream (PKWARE APPNOTE.TXT 6.3, §4.3.7 to §4.3.16; flag bit 3 §4.4.4). `lies` go into the central directory.
 */
export function packedZip(
  files: Record<string, string | Uint8Array>,
  lies: Record<string, Lies> = {},
): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [path, content] of Object.entries(files)) {
    const name = Buffer.from(path);
    const text = Buffer.from(content);
    const data = deflateRawSync(text);
    const bytes = lies[path]?.bytes ?? text.length;
    const sum = lies[path]?.crc ?? crc32(text);

    const local = Buffer.alloc(30);
    local.write('PK\x03\x04', 'latin1');
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(8, 6);
    local.writeUInt16LE(8, 8);
    local.writeUInt16LE(name.length, 26);
    const descriptor = Buffer.alloc(16);
    descriptor.write('PK\x07\x08', 'latin1');
    descriptor.writeUInt32LE(sum, 4);
    descriptor.writeUInt32LE(data.length, 8);
    descriptor.writeUInt32LE(bytes, 12);
    locals.push(local, name, data, descriptor);

    const header = Buffer.alloc(46);
    header.write('PK\x01\x02', 'latin1');
    header.writeUInt16LE(20, 6);
    header.writeUInt16LE(8, 8);
    header.writeUInt16LE(8, 10);
    header.writeUInt32LE(sum, 16);
    header.writeUInt32LE(data.length, 20);
    header.writeUInt32LE(bytes, 24);
    header.writeUInt16LE(name.length, 28);
    header.writeUInt32LE(offset, 42);
    central.push(header, name);
    offset += local.length + name.length + data.length + descriptor.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(Object.keys(files).length, 8);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}
