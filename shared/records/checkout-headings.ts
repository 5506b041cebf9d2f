import { BOOK_HEADINGS } from './book-headings.ts';
import { STUDENT_HEADINGS } from './student-headings.ts';
import type { CheckoutRecord } from './types.ts';

/**
 * Other headings for the columns of a checkout, best first: English, Spanish, Koha's `issuedate` and `issue_id`
 * (its table `issues`), Destiny's and Alexandria's `Checked Out`, `Date Out`, `Returned`.
 *
 * Left out on purpose, because they can mean something else: `due` and its kin (the day on which a book should
 * come back), a bare `out` or `checkout` (whether it is out), `student` and `book` (names as often as numbers),
 * `fecha de entrega` (of the book to the reader, or back).
 */
export const CHECKOUT_HEADINGS: { readonly [C in keyof CheckoutRecord]: readonly string[] } = {
  student_id: STUDENT_HEADINGS.student_id,
  book_id: BOOK_HEADINGS.book_id,
  checkout_date: [
    'checked out',
    'checked out on',
    'checked out date',
    'check out date',
    'date of checkout',
    'date checked out',
    'date out',
    'borrowed',
    'borrowed on',
    'borrow date',
    'borrowed date',
    'date borrowed',
    'loan date',
    'date loaned',
    'issue date',
    'date issued',
    'fecha de préstamo',
    'fecha del préstamo',
    'fecha préstamo',
    'fecha de salida',
    'fecha de retiro',
    'prestado el',
  ],
  return_date: [
    'returned',
    'returned on',
    'returned date',
    'date returned',
    'date of return',
    'check in date',
    'checked in',
    'checked in on',
    'date checked in',
    'date in',
    'fecha de devolución',
    'fecha devolución',
    'fecha de retorno',
    'fecha de regreso',
    'devuelto',
    'devuelto el',
  ],
  student_rating: [
    'rating',
    'stars',
    'student stars',
    'calificación',
    'calificación del estudiante',
    'puntuación',
    'valoración',
    'estrellas',
  ],
  checkout_id: [
    'checkout number',
    'checkout no',
    'loan id',
    'loan number',
    'issue id',
    'circulation id',
    'transaction id',
    'id préstamo',
    'id del préstamo',
    'id de préstamo',
    'número de préstamo',
    'código de préstamo',
  ],
};
