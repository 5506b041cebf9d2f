import { describe, expect, test } from 'vitest';
import { wordsOf } from '../../../../electron/adapters/lexical-embedder/features.ts';
import { createLexicalEmbedder } from '../../../../electron/adapters/lexical-embedder/lexical-embedder.ts';

const live = new AbortController().signal;
const provider = createLexicalEmbedder();

/** Texts as the embedding text of a book reads: title, description, genre, author, grade. */
const BOOKS = [
  "Charlotte's Web. A spider saves a pig on a farm by friendship and clever words. fiction. classic. E.B. White. 4th grade",
  'Diary of a Wimpy Kid. fiction. humor. Jeff Kinney. 3rd grade',
  'Magic Tree House #1: Dinosaurs Before Dark. fiction. adventure. Mary Pope Osborne. 3rd grade',
  'Holes. fiction. adventure. Louis Sachar. 5th grade',
  "Harry Potter and the Philosopher's Stone. fantasy. J.K. Rowling. 6th grade",
  'Harry Potter and the Chamber of Secrets. fantasy. J.K. Rowling. 6th grade',
  'Bridge to Terabithia. fiction. Katherine Paterson. 5th grade',
  'Charlie and the Chocolate Factory. fiction. humor. Roald Dahl. 5th grade',
  'The BFG. fantasy. Roald Dahl. 5th grade',
  'Matilda. fiction. humor. Roald Dahl. 5th grade',
  'Where the Wild Things Are. picture book. Maurice Sendak. 2nd grade',
  'The Wild Robot. science fiction. Peter Brown. 4th grade',
  'The Wild Robot Escapes. science fiction. Peter Brown. 4th grade',
  'The Lion, the Witch and the Wardrobe. fantasy. C.S. Lewis. 6th grade',
  'Wonder. fiction. R.J. Palacio. 5th grade',
  'Hatchet. adventure. survival. Gary Paulsen. 6th grade',
  'Island of the Blue Dolphins. adventure. survival. Scott O’Dell. 6th grade',
  'The Giver. science fiction. Lois Lowry. 6th grade',
  'Number the Stars. historical fiction. Lois Lowry. 5th grade',
  'A Wrinkle in Time. science fiction. Madeleine L’Engle. 6th grade',
  'Esperanza Rising. historical fiction. Pam Muñoz Ryan. 6th grade',
  'El principito. Un niño viaja de planeta en planeta y conoce a un zorro. fantasía. Antoine de Saint-Exupéry. 4th grade',
  'Cien años de soledad. realismo mágico. Gabriel García Márquez. 10th grade',
  'The Magic School Bus: In the Time of the Dinosaurs. science. Joanna Cole. 3rd grade',
  'National Geographic Readers: Sharks! science. animals. Anne Schreiber. 2nd grade',
  'National Geographic Readers: Spiders. science. animals. Laura Marsh. 2nd grade',
  'The Tale of Peter Rabbit. picture book. animals. Beatrix Potter. 2nd grade',
  'Winnie-the-Pooh. fiction. animals. A.A. Milne. 3rd grade',
  'Frog and Toad Are Friends. friendship. animals. Arnold Lobel. 2nd grade',
  'The Very Hungry Caterpillar. picture book. Eric Carle. Kindergarten',
] as const;

function nearness(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
}

async function best(query: string, count: number): Promise<string[]> {
  const { vectors } = await provider.embed([...BOOKS, query], live);
  const asked = vectors.at(-1) ?? new Float32Array();
  return BOOKS.map((text, at) => ({ text, near: nearness(vectors[at] ?? asked, asked) }))
    .sort((a, b) => b.near - a.near)
    .slice(0, count)
    .map(({ text }) => text);
}

describe('the right book is among the first three for', () => {
  test.each([
    ['charlote web', "Charlotte's Web"],
    ['spider and pig friendship on a farm', "Charlotte's Web"],
    ['diary wimpy kid kiney', 'Diary of a Wimpy Kid'],
    ['majic tree house dinosaur', 'Magic Tree House'],
    ['hary poter secret chamber', 'Harry Potter and the Chamber'],
    ['bridge terabitia patterson', 'Bridge to Terabithia'],
    ['were the wild tings are sendack', 'Where the Wild Things Are'],
    ['wonder palasio', 'Wonder.'],
    ['munoz ryan esperanza', 'Esperanza Rising'],
    ['cien anos soledad garcia marques', 'Cien años'],
    ['THE HUNGRY CATTERPILLAR', 'The Very Hungry Caterpillar'],
  ])('%s', async (query, title) => {
    const found = await best(query, 3);
    expect(found.map((text) => text.startsWith(title))).toContain(true);
  });
});

test('a text is nearest to itself', async () => {
  for (const text of BOOKS) expect((await best(text, 1))[0]).toBe(text);
});

test('it is labelled as approximate, costs nothing known and has the dimensions of the index', () => {
  expect(provider).toMatchObject({
    model: 'accession-lexical-1',
    approximate: true,
    usdPerMillionTokens: null,
    dimensions: 1536,
  });
});

test('case, accents, apostrophes and compatibility forms do not matter', async () => {
  expect(wordsOf("CHARLOTTE'S Ñandú ﬁre O’Dell")).toEqual(['charlottes', 'nandu', 'fire', 'odell']);
  const { vectors } = await provider.embed(['Pam Muñoz Ryan', 'pam MUNOZ ryan'], live);
  expect(vectors[0]).toEqual(vectors[1]);
});

test('stop words of English and Spanish do not count, unless there is nothing else', async () => {
  expect(wordsOf('The Lion and the Witch')).toEqual(['lion', 'witch']);
  expect(wordsOf('el amor en los tiempos')).toEqual(['amor', 'tiempos']);
  expect(wordsOf('It')).toEqual(['it']);
});

test('a text without a word has a vector all the same', async () => {
  const { vectors } = await provider.embed(['!!!', ''], live);
  for (const vector of vectors) expect(Math.hypot(...vector)).toBe(1);
});

/** Vectors are stored and indexed: a change of a single number makes every stored one wrong. */
test('the vectors of version 1 stay what they are', async () => {
  const { vectors } = await provider.embed(["Charlotte's Web. E.B. White"], live);
  const largest = [...(vectors[0] ?? [])]
    .map((value, at) => [at, Math.round(value * 10_000) / 10_000] as const)
    .sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]) || a[0] - b[0])
    .slice(0, 4);
  expect(largest).toEqual([
    [626, -0.4405],
    [395, 0.3775],
    [448, -0.3146],
    [525, -0.2517],
  ]);
});
