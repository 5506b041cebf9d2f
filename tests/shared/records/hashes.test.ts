import { describe, expect, it } from 'vitest';
import {
  catalogHashJson,
  checkoutHashJson,
  publishedHashJson,
  studentHashJson,
} from '../../../shared/records/hashes.ts';

describe('the JSON that is hashed', () => {
  it('of a catalog row has floats for level and rating, blanks as "", absent columns as null', () => {
    const json = catalogHashJson({
      book_id: 'B1',
      isbn: '',
      title: 'Wuthering Heights',
      author: 'Emily Brontë',
      genre: ['romance', 'gothic'],
      keywords: [],
      description: null,
      page_count: 150,
      publication_year: 1900,
      difficulty_band: 'high_school',
      reading_level: 10,
      average_rating: 4.05,
    });
    expect(json).toBe(
      '{"author": "Emily Bront\\u00eb", "average_rating": 4.05, "description": null, ' +
        '"difficulty_band": "high_school", "genre": ["romance", "gothic"], "isbn": "", "keywords": [], ' +
        '"page_count": 150, "publication_year": 1900, "reading_level": 10.0, "title": "Wuthering Heights"}',
    );
  });

  it('of a student has a float for the score', () => {
    const student = {
      student_id: 'S1',
      grade_level: 4,
      age: 9,
      homeroom_teacher: 'Ms. Field',
      prior_year_reading_score: 3,
      lunch_period: '2',
    };
    const rest = '{"age": 9, "grade_level": 4, "homeroom_teacher": "Ms. Field", "lunch_period": "2", ';
    expect(studentHashJson(student)).toBe(`${rest}"prior_year_reading_score": 3.0}`);
    const unscored = { ...student, prior_year_reading_score: null };
    expect(studentHashJson(unscored)).toBe(`${rest}"prior_year_reading_score": null}`);
  });

  it('of a checkout leaves its key out', () => {
    const json = checkoutHashJson({
      student_id: 'S1',
      book_id: 'B1',
      checkout_date: '2026-03-02',
      return_date: null,
      student_rating: 4,
      checkout_id: 'CH1',
    });
    expect(json).toBe('{"checkout_id": "CH1", "return_date": null, "student_rating": 4}');
  });

  it('of a published book has the level as text with its scale, the genres joined, no description as ""', () => {
    const json = publishedHashJson({
      title: 'Matilda',
      author: null,
      genre: ['fiction', 'humor'],
      description: null,
      readingLevel: '4.40',
      difficultyBand: null,
      publicationYear: 1988,
    });
    expect(json).toBe(
      '{"author": null, "description": "", "difficulty_band": null, "genre": "fiction, humor", ' +
        '"publication_year": 1988, "reading_level": "4.40", "title": "Matilda"}',
    );
  });
});
