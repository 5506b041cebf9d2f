import { Select } from '../../components/select.tsx';
import { TextInput } from '../../components/text-input.tsx';
import { columnTexts } from '../../texts/load-columns.ts';
import { columnName, type FileColumn, type Source } from './mapping-form.ts';

const texts = columnTexts;

/** What is to be said besides the kind of source: the constant, or what a value is worked out from. */
export function SourceDetails({
  label,
  source,
  fileColumns,
  onSource,
}: {
  label: string;
  source: Source;
  fileColumns: readonly FileColumn[];
  onSource: (source: Source) => void;
}) {
  if (source.kind === 'cells' || source.kind === 'none') return null;
  if (source.kind === 'constant')
    return (
      <TextInput
        label={texts.constantValue(label)}
        hint={texts.constantHint}
        value={source.value}
        onChange={(value) => onSource({ ...source, value })}
      />
    );
  return (
    <div className="mapping-details">
      <Select
        label={texts.column}
        placeholder={texts.choose}
        value={source.position === null ? null : String(source.position)}
        groups={[
          {
            title: null,
            options: fileColumns.map((column) => ({
              value: String(column.position),
              words: columnName(column),
              hint: column.samples.slice(0, 3).join(' · '),
            })),
          },
        ]}
        onChange={(position) => onSource({ ...source, position: Number(position) })}
      />
      {source.kind === 'age-on' ? (
        <TextInput
          label={texts.ageDate}
          hint={texts.ageDateHint}
          value={source.date}
          onChange={(date) => onSource({ ...source, date })}
        />
      ) : (
        <TextInput
          label={texts.schoolYear}
          hint={texts.schoolYearHint}
          value={source.schoolYearEnds}
          onChange={(schoolYearEnds) => onSource({ ...source, schoolYearEnds })}
          inputMode="numeric"
        />
      )}
    </div>
  );
}
