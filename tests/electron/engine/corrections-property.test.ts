import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { correcting } from './correcting.ts';

const correct = correcting();

const part = fc.oneof(
  fc.constantFrom(
    ...['\u{1}', '\u{1f}', '\u{7f}', '\u{fffe}', '\r', '\n', '\r\n', '\t', '"', "'", ',', ';', ' '],
    ...['=', '+', '-', '@', '_x0041_', '_x', '&', '<', '007', '9780306406157', '2026-09-03', '😀', 'é', '?'],
  ),
  fc.string({ unit: 'grapheme', maxLength: 5 }),
);
const text = fc.array(part, { maxLength: 5 }).map((parts) => parts.join('').replaceAll('\0', ''));
/** Of the five columns all but the age, whose absence rejects the row. */
const row = fc.tuple(text, text, text, text);
/** A cell and what is typed there; nobody types a picture of a control character, which stands for that. */
const typed = text.map((any) => any.replace(/[\u2400-\u241f]/g, ''));
const change = fc.record({ row: fc.nat(5), column: fc.constantFrom(0, 1, 2, 3, 4), typed });

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
/** A table that begins with control characters only is taken for no text: this row is all that is sound. */
const FIRST = `001,4,9,${'Ms. Ahn '.repeat(500)},1\n`;

describe.each(['csv', 'xlsx'] as const)('whatever the cells hold, as %s', (format) => {
  it('exactly what was typed comes back, wherever the rows were moved', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 6 }),
        fc.array(change, { maxLength: 4 }),
        fc.infiniteStream(fc.nat()),
        async (rows, changes, places) => {
          const lines = rows.map(([a, b, c, d]) => [a, b, '', c, d].map(quoted).join(','));
          await correct.open(
            `student_id,grade_level,age,homeroom_teacher,lunch_period\n${FIRST}${lines.join('\n')}\n`,
          );
          try {
            const [header = [], ...exported] = await correct.exported(format);
            expect(exported).toHaveLength(rows.length);
            const expected = new Map<string, string>();
            const typed = exported.map((cells, at) => {
              const own = changes.filter((each) => each.row === at);
              return own.reduce((so, { column, typed: what }) => {
                expected.set(`${at + 2} ${column}`, `new ${what}`);
                return so.with(column, `new ${what}`);
              }, cells);
            });
            const moved = typed
              .map((cells) => ({ cells, place: places.next().value ?? 0 }))
              .sort((a, b) => a.place - b.place)
              .map(({ cells }) => cells);
            const plan = await correct.plan(await correct.saved([header, ...moved], format));
            const found = plan.edits.map((edit): [string, string] => [
              `${edit.row} ${edit.position}`,
              edit.text ?? '',
            ]);
            expect(new Map(found)).toEqual(expected);
          } finally {
            await correct.checked.close();
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});
