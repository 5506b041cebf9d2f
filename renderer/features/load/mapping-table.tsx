import { columnTexts } from '../../texts/load-columns.ts';
import { type ColumnsView, columnName, type Entry, type MappingForm, positionsOf } from './mapping-form.ts';
import { MappingRow } from './mapping-row.tsx';
import { Samples } from './mapping-samples.tsx';

const texts = columnTexts;

/** Every column that is loaded, and below them the file's columns that nothing is read from. */
export function MappingTable({
  view,
  form,
  showsProblems,
  onEntry,
}: {
  view: ColumnsView;
  form: MappingForm;
  showsProblems: boolean;
  onEntry: (column: string, entry: Entry) => void;
}) {
  const readFrom = new Map<number, string[]>();
  for (const { column, label } of view.canonical)
    for (const position of positionsOf(form[column]?.source ?? { kind: 'none' }))
      readFrom.set(position, [...(readFrom.get(position) ?? []), label]);
  const unused = view.columns.filter(({ position }) => !readFrom.has(position));

  return (
    <>
      <p className="mapping-heads soft small" aria-hidden="true">
        <span>{texts.loaded}</span>
        <span>{texts.from}</span>
        <span>{texts.samples}</span>
      </p>
      <ul className="mapping">
        {view.canonical.map((column) => {
          const entry = form[column.column];
          return entry === undefined ? null : (
            <MappingRow
              key={column.column}
              column={column}
              entry={entry}
              fileColumns={view.columns}
              alsoReadAs={alsoReadAs(readFrom, entry, column.label)}
              showsProblem={showsProblems}
              onEntry={(changed) => onEntry(column.column, changed)}
            />
          );
        })}
      </ul>
      <section className="mapping-unused" aria-labelledby="mapping-unused">
        <h3 id="mapping-unused">{texts.unused}</h3>
        <p className="soft small">{texts.unusedCount(unused.length)}</p>
        <ul>
          {unused.map((column) => (
            <li key={column.position}>
              <span className="mapping-heading">{columnName(column)}</span>
              <Samples column={column} />
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

function alsoReadAs(
  readFrom: ReadonlyMap<number, readonly string[]>,
  { source }: Entry,
  label: string,
): string | null {
  const [position] = positionsOf(source);
  if (position === undefined) return null;
  return readFrom.get(position)?.find((other) => other !== label) ?? null;
}
