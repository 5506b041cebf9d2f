import { bookCoercers } from './book.ts';
import { checkoutCoercers } from './checkout.ts';
import type { Coercer } from './coerce.ts';
import { studentCoercers } from './student.ts';
import type { ColumnMapping, RecordType } from './types.ts';

/** How the columns of a type are read, by canonical name. `today` bounds publication years. */
export function coercersOf(
  type: RecordType,
  today: Date,
  dateOrders: ColumnMapping['dateOrders'],
): Readonly<Record<string, Coercer<unknown>>> {
  switch (type) {
    case 'books':
      return bookCoercers(today);
    case 'students':
      return studentCoercers();
    case 'checkouts':
      return checkoutCoercers(dateOrders);
  }
}
