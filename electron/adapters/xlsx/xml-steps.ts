import { SaxesParser } from 'saxes';

export interface XmlHandlers {
  /** `name` without its prefix: some writers prefix every element, and the workbook's vocabularies do not clash. */
  open(name: string, attributes: Record<string, string>): void;
  close?(name: string): void;
  text?(text: string): void;
}

/**
 * Reads XML and calls the handlers as it comes; gives way after every chunk, so that the caller may take what was
 * found, or stop. A document type declaration is refused, and with it every entity but the five of XML itself:
 * nothing is expanded, nothing is fetched. Throws an Error for what is not well-formed.
 */
export async function* xmlSteps(
  chunks: AsyncIterable<Uint8Array>,
  handlers: XmlHandlers,
): AsyncGenerator<undefined> {
  // Plain names, no positions: half of the time goes otherwise into what nobody looks at.
  const parser = new SaxesParser({ xmlns: false, position: false });
  parser.on('doctype', () => {
    throw new Error('a document type declaration');
  });
  parser.on('opentag', (tag) => handlers.open(localName(tag.name), tag.attributes));
  parser.on('closetag', (tag) => handlers.close?.(localName(tag.name)));
  const text = handlers.text;
  if (text !== undefined) {
    parser.on('text', text);
    parser.on('cdata', text);
  }
  let decoder: TextDecoder | null = null;
  for await (const chunk of chunks) {
    decoder ??= new TextDecoder(encodingOf(chunk), { fatal: true });
    parser.write(decoder.decode(chunk, { stream: true }));
    yield;
  }
  parser.write(decoder?.decode() ?? '');
  parser.close();
  yield;
}

/** Reads XML to its end. */
export async function readXml(chunks: AsyncIterable<Uint8Array>, handlers: XmlHandlers): Promise<void> {
  for await (const _ of xmlSteps(chunks, handlers));
}

/** The value of an attribute whose prefix the writer may choose, such as `r:id`. */
export function prefixedAttribute(attributes: Record<string, string>, name: string): string | undefined {
  const key = Object.keys(attributes).find((each) => each.endsWith(`:${name}`));
  return key === undefined ? undefined : attributes[key];
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(colon + 1);
}

/** Parts are UTF-8 or UTF-16, nothing else (ECMA-376 part 2, §6.2.5); UTF-16 needs its mark (XML 1.0 §4.3.3). */
function encodingOf(firstChunk: Uint8Array): string {
  const [first, second] = firstChunk;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}
