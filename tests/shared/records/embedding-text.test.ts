import { describe, expect, it } from 'vitest';
import { bookMetadata, embeddingText, gradeLabel } from '../../../shared/records/embedding-text.ts';

describe('gradeLabel', () => {
  it.each([
    [null, ''],
    [0, 'Kindergarten'],
    [0.99, 'Kindergarten'],
    [1, '1st grade'],
    [1.5, '2nd grade'],
    [2.5, '2nd grade'],
    [2.51, '3rd grade'],
    [3.4, '3rd grade'],
    [3.5, '4th grade'],
    [4.5, '4th grade'],
    [10.5, '10th grade'],
    [11, '11th grade'],
    [11.5, '12th grade'],
    [12, '12th grade'],
  ])('calls the reading level %o %o', (level, label) => {
    expect(gradeLabel(level)).toBe(label);
  });
});

const BOOK = {
  bookId: 'B001',
  title: "Charlotte's Web",
  description: 'A pig and a spider.',
  genre: ['fiction', 'classic'],
  keywords: ['farm'],
  author: 'E.B. White',
  readingLevel: 4.4,
};

describe('embeddingText', () => {
  it('joins title, description, genres, keywords, author and grade', () => {
    expect(embeddingText(BOOK)).toBe(
      "Charlotte's Web. A pig and a spider.. fiction. classic. farm. E.B. White. 4th grade",
    );
  });

  it('leaves out what is empty', () => {
    const bare = { ...BOOK, description: null, genre: [''], keywords: [], author: '', readingLevel: null };
    expect(embeddingText(bare)).toBe("Charlotte's Web");
  });
});

describe('bookMetadata', () => {
  it('holds what the vector worker writes, the level under both of its names', () => {
    expect(bookMetadata(BOOK)).toEqual({
      book_id: 'B001',
      reading_level: 4.4,
      level: 4.4,
      grade_label: '4th grade',
      genre: ['fiction', 'classic'],
      keywords: ['farm'],
      author: 'E.B. White',
    });
  });

  it('has text where the catalog has nothing', () => {
    const { author, grade_label, level } = bookMetadata({ ...BOOK, author: null, readingLevel: null });
    expect({ author, grade_label, level }).toEqual({ author: '', grade_label: '', level: null });
  });
});
