import { DATE_COLUMNS } from '../../../shared/records/date-order.ts';
import { COLUMN_OF_RULE } from '../../../shared/records/derive.ts';
import { Icon } from '../../components/icon.tsx';
import { Select } from '../../components/select.tsx';
import { columnTexts } from '../../texts/load-columns.ts';
import { withCapital } from '../../texts/records.ts';
import {
  type CanonicalColumn,
  columnName,
  type Entry,
  type FileColumn,
  positionsOf,
  problemOf,
  type Source,
  sourceNamed,
} from './mapping-form.ts';
import { Samples } from './mapping-samples.tsx';
import { SourceDetails } from './mapping-source.tsx';

const texts = columnTexts;
const COLUMN = 'column ';
const SEVERAL = 'several';

/** One column of the database: what it is called, where it comes from, and what that holds. */
export function MappingRow({
  column,
  entry,
  fileColumns,
  alsoReadAs,
  showsProblem,
  onEntry,
}: {
  column: CanonicalColumn;
  entry: Entry;
  fileColumns: readonly FileColumn[];
  /** What else is read from the same column of the file. */
  alsoReadAs: string | null;
  showsProblem: boolean;
  onEntry: (entry: Entry) => void;
}) {
  const { label, required } = column;
  const { source } = entry;
  const isMissing = required && source.kind === 'none';
  const problem = showsProblem || isMissing ? problemOf(column, entry) : undefined;
  const first = fileColumns.find(({ position }) => position === positionsOf(source)[0]);

  function choose(value: string): void {
    if (value === SEVERAL) return;
    if (value.startsWith(COLUMN))
      onEntry({ ...entry, source: { kind: 'cells', positions: [Number(value.slice(COLUMN.length))] } });
    else onEntry({ ...entry, source: sourceNamed(value as Exclude<Source['kind'], 'cells'>) });
  }
  return (
    <li className="mapping-row" data-missing={isMissing || undefined}>
      <div className="mapping-label">
        <span className="mapping-name">{withCapital(label)}</span>
        {required && (
          <span className="tag" data-tone={isMissing ? 'bad' : undefined}>
            {texts.needed}
          </span>
        )}
      </div>
      <div className="mapping-from">
        <Select
          label={texts.fromFor(label)}
          hidesLabel
          value={choiceOf(source)}
          groups={groupsFor(column, source, fileColumns)}
          isInvalid={problem !== undefined}
          onChange={choose}
        />
        <SourceDetails
          label={label}
          source={source}
          fileColumns={fileColumns}
          onSource={(changed) => onEntry({ ...entry, source: changed })}
        />
        {hasDates(column, source) && (
          <Select
            label={texts.dates}
            value={entry.dates}
            groups={[
              {
                title: null,
                options: (['ask', 'month-first', 'day-first'] as const).map((value) => ({
                  value,
                  words: texts.dateOrders[value],
                })),
              },
            ]}
            onChange={(dates) => onEntry({ ...entry, dates })}
          />
        )}
        {problem !== undefined && (
          <p className="field-error">
            <Icon name="alert" /> {problem}
          </p>
        )}
        {alsoReadAs !== null && <p className="soft small">{texts.also(alsoReadAs)}</p>}
      </div>
      <div className="mapping-samples">{first !== undefined && <Samples column={first} />}</div>
    </li>
  );
}

function choiceOf(source: Source): string {
  if (source.kind !== 'cells') return source.kind;
  return source.positions.length > 1 ? SEVERAL : `${COLUMN}${source.positions[0] ?? 0}`;
}

function groupsFor(
  { column, required }: CanonicalColumn,
  source: Source,
  fileColumns: readonly FileColumn[],
) {
  const nameAt = (position: number): string => {
    const found = fileColumns.find((one) => one.position === position);
    return found === undefined ? texts.unnamed(position + 1) : columnName(found);
  };
  const several =
    source.kind === 'cells' && source.positions.length > 1
      ? [{ value: SEVERAL, words: texts.fallback(source.positions.map(nameAt)) }]
      : [];
  const derived = [
    ...(COLUMN_OF_RULE['age-on'] === column ? [{ value: 'age-on', words: texts.ageOn }] : []),
    ...(COLUMN_OF_RULE['grade-from-graduation-year'] === column
      ? [{ value: 'grade-from-graduation-year', words: texts.gradeFrom }]
      : []),
  ];
  const none = required
    ? source.kind === 'none'
      ? [{ value: 'none', words: texts.notInFile }]
      : []
    : [{ value: 'none', words: texts.none, hint: texts.noneHint }];
  return [
    {
      title: texts.groups.file,
      options: [
        ...several,
        ...fileColumns.map((one) => ({
          value: `${COLUMN}${one.position}`,
          words: columnName(one),
          hint: one.samples.length === 0 ? texts.noSamples : one.samples.slice(0, 3).join(' · '),
        })),
      ],
    },
    {
      title: texts.groups.other,
      options: [{ value: 'constant', words: texts.constant }, ...derived, ...none],
    },
  ];
}

function hasDates({ column }: CanonicalColumn, source: Source): boolean {
  return source.kind === 'age-on' || (source.kind === 'cells' && DATE_COLUMNS.has(column));
}
