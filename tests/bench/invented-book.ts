import * as words from './book-words.ts';
import type { SeededRandom } from './seeded-random.ts';

/** In the order of the header. */
export const BOOK_COLUMNS = [
  'book_id',
  'title',
  'author',
  'isbn',
  'genre',
  'keywords',
  'description',
  'difficulty_band',
  'reading_level',
  'publication_year',
  'page_count',
  'average_rating',
] as const;

export type BookColumn = (typeof BOOK_COLUMNS)[number];
export type BookCells = Record<BookColumn, string>;

const SHORTEST_DESCRIPTION = 80;
const LONGEST_DESCRIPTION = 300;

export function bookId(index: number): string {
  return `BK-${String(index + 1).padStart(7, '0')}`;
}

/** A book whose every cell is in order, as a school's catalogue would have it. */
export function inventedBook(index: number, random: SeededRandom): BookCells {
  const level = random.below(121);
  return {
    book_id: bookId(index),
    title: title(random),
    author: `${random.pick(words.FIRST_NAMES)} ${random.pick(words.LAST_NAMES)}`,
    isbn: isbn(random),
    genre: random.chance(10)
      ? random.pick(words.GENRES)
      : jsonList(random, words.GENRES, 1 + random.below(3)),
    keywords: jsonList(random, words.KEYWORDS, 2 + random.below(4)),
    description: description(random),
    difficulty_band: bandOf(level / 10),
    reading_level: (level / 10).toFixed(1),
    publication_year: String(1930 + random.below(96)),
    page_count: String(24 + random.below(700)),
    average_rating: ((200 + random.below(301)) / 100).toFixed(2),
  };
}

function title(random: SeededRandom): string {
  const name = `The ${random.pick(words.ADJECTIVES)} ${random.pick(words.THINGS)}`;
  if (random.chance(40)) return `${name} of ${random.pick(words.PLACES)}`;
  if (random.chance(10)) return `${name}, or How ${random.pick(words.FIRST_NAMES)} Came Home`;
  return random.chance(20) ? `${name} and the ${random.pick(words.THINGS)}` : name;
}

function bandOf(level: number): string {
  if (level < 1) return 'beginner';
  if (level < 3) return 'early_elementary';
  if (level < 6) return 'late_elementary';
  if (level < 9) return 'middle_school';
  return level < 11 ? 'high_school' : 'advanced';
}

/** Thirteen digits mostly, some with hyphens, some of the old ten, some none: every check digit fits (ISO 2108). */
function isbn(random: SeededRandom): string {
  const form = random.below(100);
  if (form < 5) return '';
  const digits = String(100_000_000 + random.below(900_000_000));
  if (form < 10) return digits + isbn10CheckDigit(digits);
  const thirteen = `978${digits}`;
  const check = isbn13CheckDigit(thirteen);
  if (form < 20) return `978-${digits[0]}-${digits.slice(1, 4)}-${digits.slice(4)}-${check}`;
  return thirteen + check;
}

function isbn10CheckDigit(nine: string): string {
  let sum = 0;
  for (let place = 0; place < 9; place += 1) sum += (10 - place) * Number(nine[place]);
  const check = (11 - (sum % 11)) % 11;
  return check === 10 ? 'X' : String(check);
}

function isbn13CheckDigit(twelve: string): string {
  let sum = 0;
  for (let place = 0; place < 12; place += 1) sum += (place % 2 === 0 ? 1 : 3) * Number(twelve[place]);
  return String((10 - (sum % 10)) % 10);
}

function jsonList(random: SeededRandom, from: readonly string[], count: number): string {
  const first = random.below(from.length);
  const step = 1 + random.below(3);
  const members = Array.from({ length: count }, (_, place) => from[(first + place * step) % from.length]);
  return `["${members.join('", "')}"]`;
}

/** 80 to 300 characters: some with commas, quotation marks, accents or a line break, as blurbs have them. */
function description(random: SeededRandom): string {
  let text = sentence(random);
  if (random.chance(15)) text += `${random.chance(30) ? '\n' : ' '}${random.pick(words.QUOTED)}`;
  const wanted = SHORTEST_DESCRIPTION + random.below(LONGEST_DESCRIPTION - SHORTEST_DESCRIPTION);
  while (text.length < wanted) {
    const longer = `${text} ${sentence(random)}`;
    if (longer.length > LONGEST_DESCRIPTION) break;
    text = longer;
  }
  return text.length < SHORTEST_DESCRIPTION ? `${text} For readers who like a good surprise.` : text;
}

function sentence(random: SeededRandom): string {
  const middle = `${random.pick(words.HEROES)} ${random.pick(words.DEEDS)}`;
  const ending = random.chance(60) ? `, ${random.pick(words.ENDINGS)}` : '';
  return `${random.pick(words.OPENINGS)}, ${middle}${ending}.`;
}
