import { crc32 } from 'node:zlib';

/**
 * A zip file of uncompressed entries, as PKWARE's APPNOTE.TXT 6.3 lays it out: local headers (§4.3.7) with their data, central directory
 * (§4.3.12), end record (§4.3.16).
 */
export function storedZip(files: Record<string, string>): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [path, text] of Object.entries(files)) {
    const name = Buffer.from(path);
    const data = Buffer.from(text);
    // Shared by both headers: version needed, flags, method (0 = stored), time, date, CRC, sizes, name length, extra length.
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(0x21, 8);
    shared.writeUInt32LE(crc32(data), 10);
    shared.writeUInt32LE(data.length, 14);
    shared.writeUInt32LE(data.length, 18);
    shared.writeUInt16LE(name.length, 22);
    locals.push(Buffer.from('PK\x03\x04', 'latin1'), shared, name, data);

    const tail = Buffer.alloc(14);
    // External attributes: the Unix mode of an executable file, in the upper half.
    tail.writeUInt32LE((0o100755 << 16) >>> 0, 6);
    tail.writeUInt32LE(offset, 10);
    // Made by: Unix (3), version 2.0.
    central.push(Buffer.from('PK\x01\x02', 'latin1'), Buffer.from([20, 3]), shared, tail, name);
    offset += 30 + name.length + data.length;
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
